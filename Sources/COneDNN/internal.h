// What the files of this folder share: the objects behind the opaque names, and the version seam.
#pragma once
#include "COneDNN.h"
#include <oneapi/dnnl/dnnl.h>
#include <stdlib.h>

#define V3 (DNNL_VERSION_MAJOR >= 3)

#if V3
typedef dnnl_memory_desc_t odn_md;           // version 3: a handle
typedef const_dnnl_memory_desc_t odn_md_arg;
#else
typedef dnnl_memory_desc_t odn_md;           // version 2: the struct itself
typedef const dnnl_memory_desc_t *odn_md_arg;
#endif

struct odn_layout { odn_md md; };
struct odn_primitive {
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
  // The backward pass of a normalisation does not read the shift: version 2 insists on it all the
  // same, version 3 refuses it.
  int refuses_shift;
};

/// What oneDNN's functions take for a layout (NULL stays NULL).
odn_md_arg odn_md_of(const odn_layout *layout);
dnnl_engine_t odn_engine(void);
dnnl_stream_t odn_stream(void);
/// Remembers what failed, for `odn_last_error`; returns non-zero when `status` is a failure.
int odn_failed(dnnl_status_t status, const char *what);
dnnl_primitive_attr_t odn_attributes(int relu);
/// Takes ownership of `description` and compiles it.
odn_primitive *odn_compile(dnnl_primitive_desc_t description, const char *what);
dnnl_prop_kind_t odn_prop_kind(odn_direction direction);
int odn_is_backward(odn_direction direction);

// How a function of this folder makes a primitive: it describes the operation (version 2 fills an
// operation descriptor first, version 3 does not), a backward pass with the forward description as
// a hint, and lets `odn_finish` compile it. `odn_finish` owns what it is given.
odn_primitive *odn_finish(
    dnnl_status_t status, dnnl_primitive_desc_t description, dnnl_primitive_desc_t hint,
    dnnl_primitive_attr_t attributes, const char *what);

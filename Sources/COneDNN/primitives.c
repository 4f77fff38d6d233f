// What the functions that make primitives share.
#include "internal.h"

dnnl_prop_kind_t odn_prop_kind(odn_direction direction) {
  switch (direction) {
    case ODN_FORWARD_TRAINING: return dnnl_forward_training;
    case ODN_FORWARD_INFERENCE: return dnnl_forward_inference;
    case ODN_BACKWARD_SOURCE: return dnnl_backward_data;
    case ODN_BACKWARD_WEIGHTS: return dnnl_backward_weights;
  }
  return dnnl_prop_kind_undef;
}

// A primitive that brings its own scratchpad may not move between threads: the caller lends one.
dnnl_primitive_attr_t odn_attributes(int relu) {
  dnnl_primitive_attr_t attributes;
  dnnl_primitive_attr_create(&attributes);
  dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
  if (relu) {
    dnnl_post_ops_t operations;
    dnnl_post_ops_create(&operations);
#if V3
    dnnl_post_ops_append_eltwise(operations, dnnl_eltwise_relu, 0, 0);
#else
    dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0);
#endif
    dnnl_primitive_attr_set_post_ops(attributes, operations);
    dnnl_post_ops_destroy(operations);
  }
  return attributes;
}

int odn_is_backward(odn_direction direction) {
  return direction == ODN_BACKWARD_SOURCE || direction == ODN_BACKWARD_WEIGHTS;
}

odn_primitive *odn_finish(
    dnnl_status_t status, dnnl_primitive_desc_t description, dnnl_primitive_desc_t hint,
    dnnl_primitive_attr_t attributes, const char *what) {
  dnnl_primitive_attr_destroy(attributes);
  odn_primitive *result = odn_failed(status, what) ? NULL : odn_compile(description, what);
  if (hint) dnnl_primitive_desc_destroy(hint);
  return result;
}

#include "internal.h"

odn_md_arg odn_md_of(const odn_layout *layout) {
#if V3
  return layout ? layout->md : NULL;
#else
  return layout ? &layout->md : NULL;
#endif
}

static odn_layout *new_layout(dnnl_status_t status, const odn_md *md) {
  if (odn_failed(status, "memory layout")) return NULL;
  odn_layout *layout = malloc(sizeof *layout);
  layout->md = *md;
  return layout;
}

odn_layout *odn_layout_strided(int rank, const int64_t *shape, const int64_t *strides) {
  odn_md md;
#if V3
  return new_layout(dnnl_memory_desc_create_with_strides(&md, rank, shape, dnnl_f32, strides), &md);
#else
  return new_layout(dnnl_memory_desc_init_by_strides(&md, rank, shape, dnnl_f32, strides), &md);
#endif
}

static odn_layout *tagged(int rank, const int64_t *shape, dnnl_format_tag_t tag) {
  odn_md md;
#if V3
  return new_layout(dnnl_memory_desc_create_with_tag(&md, rank, shape, dnnl_f32, tag), &md);
#else
  return new_layout(dnnl_memory_desc_init_by_tag(&md, rank, shape, dnnl_f32, tag), &md);
#endif
}

odn_layout *odn_layout_any(int rank, const int64_t *shape) {
  return tagged(rank, shape, dnnl_format_tag_any);
}

odn_layout *odn_layout_channel_blocks(const int64_t *shape, int lanes) {
  return tagged(4, shape, lanes == 8 ? dnnl_nChw8c : dnnl_nChw16c);
}

odn_layout *odn_layout_permuted(const odn_layout *layout, const int *axes) {
  odn_md md;
#if V3
  return new_layout(dnnl_memory_desc_permute_axes(&md, layout->md, axes), &md);
#else
  return new_layout(dnnl_memory_desc_permute_axes(&md, &layout->md, axes), &md);
#endif
}

size_t odn_layout_bytes(const odn_layout *layout) {
  return dnnl_memory_desc_get_size(odn_md_of(layout));
}

int odn_layout_equal(const odn_layout *a, const odn_layout *b) {
  return dnnl_memory_desc_equal(odn_md_of(a), odn_md_of(b));
}

void odn_layout_free(odn_layout *layout) {
#if V3
  if (layout) dnnl_memory_desc_destroy(layout->md);
#endif
  free(layout);
}

odn_layout *odn_primitive_layout(const odn_primitive *primitive, odn_role role) {
  static const dnnl_query_t queries[] = {
    [ODN_SOURCE] = dnnl_query_src_md, [ODN_WEIGHTS] = dnnl_query_weights_md,
    [ODN_RESULT] = dnnl_query_dst_md, [ODN_WORKSPACE] = dnnl_query_workspace_md,
    [ODN_SOURCE_GRADIENT] = dnnl_query_diff_src_md,
    [ODN_WEIGHTS_GRADIENT] = dnnl_query_diff_weights_md,
    [ODN_RESULT_GRADIENT] = dnnl_query_diff_dst_md,
    [ODN_SCRATCHPAD] = dnnl_query_scratchpad_md,
  };
  odn_md_arg md = dnnl_primitive_desc_query_md(primitive->description, queries[role], 0);
  if (!md || dnnl_memory_desc_get_size(md) == 0) return NULL;
  odn_layout *layout = malloc(sizeof *layout);
#if V3
  dnnl_memory_desc_clone(&layout->md, md);
#else
  layout->md = *md;
#endif
  return layout;
}

#include "internal.h"

static dnnl_status_t describe_pool(
    dnnl_primitive_desc_t *out, odn_direction direction, dnnl_alg_kind_t algorithm,
    const odn_window *w, odn_md_arg source, odn_md_arg result, dnnl_primitive_attr_t attributes,
    dnnl_primitive_desc_t hint) {
  dnnl_prop_kind_t kind = odn_prop_kind(direction);
  dnnl_dims_t dilates = {w->dilation[0] - 1, w->dilation[1] - 1};
#if V3
  if (odn_is_backward(direction))
    return dnnl_pooling_backward_primitive_desc_create(
        out, odn_engine(), algorithm, source, result, w->stride, w->kernel, dilates,
        w->padding_before, w->padding_after, hint, attributes);
  return dnnl_pooling_forward_primitive_desc_create(
      out, odn_engine(), kind, algorithm, source, result, w->stride, w->kernel, dilates,
      w->padding_before, w->padding_after, attributes);
#else
  (void)dilates;
  dnnl_pooling_desc_t operation;
  dnnl_status_t status =
      odn_is_backward(direction)
          ? dnnl_pooling_backward_desc_init(
                &operation, algorithm, source, result, w->stride, w->kernel, w->padding_before,
                w->padding_after)
          : dnnl_pooling_forward_desc_init(
                &operation, kind, algorithm, source, result, w->stride, w->kernel,
                w->padding_before, w->padding_after);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(out, &operation, attributes, odn_engine(), hint);
#endif
}

odn_primitive *odn_pool(
    odn_direction direction, odn_pooling kind, const odn_window *window, const odn_layout *source,
    const odn_layout *result) {
  static const dnnl_alg_kind_t algorithms[] = {
    [ODN_MAXIMUM] = dnnl_pooling_max,
    [ODN_AVERAGE] = dnnl_pooling_avg_exclude_padding,
    [ODN_AVERAGE_WITH_PADDING] = dnnl_pooling_avg_include_padding,
  };
  dnnl_primitive_attr_t attributes = odn_attributes(0);
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_status_t status = dnnl_success;
  if (odn_is_backward(direction))
    status = describe_pool(
        &hint, ODN_FORWARD_TRAINING, algorithms[kind], window, odn_md_of(source),
        odn_md_of(result), attributes, NULL);
  if (status == dnnl_success)
    status = describe_pool(
        &description, direction, algorithms[kind], window, odn_md_of(source), odn_md_of(result),
        attributes, hint);
  return odn_finish(status, description, hint, attributes, "pooling");
}

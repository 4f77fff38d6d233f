#include "internal.h"

static dnnl_status_t describe_batch_normalization(
    dnnl_primitive_desc_t *out, odn_direction direction, odn_md_arg source, float epsilon,
    unsigned flags, dnnl_primitive_attr_t attributes, dnnl_primitive_desc_t hint) {
  dnnl_prop_kind_t kind = odn_is_backward(direction) ? dnnl_backward : odn_prop_kind(direction);
#if V3
  if (odn_is_backward(direction))
    return dnnl_batch_normalization_backward_primitive_desc_create(
        out, odn_engine(), kind, source, source, source, epsilon, flags, hint, attributes);
  return dnnl_batch_normalization_forward_primitive_desc_create(
      out, odn_engine(), kind, source, source, epsilon, flags, attributes);
#else
  dnnl_batch_normalization_desc_t operation;
  dnnl_status_t status =
      odn_is_backward(direction)
          ? dnnl_batch_normalization_backward_desc_init(
                &operation, kind, source, source, epsilon, flags)
          : dnnl_batch_normalization_forward_desc_init(&operation, kind, source, epsilon, flags);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(out, &operation, attributes, odn_engine(), hint);
#endif
}

odn_primitive *odn_batch_normalization(
    odn_direction direction, const odn_layout *source, float epsilon, int frozen, int relu) {
  unsigned flags = dnnl_use_scale | dnnl_use_shift;
  if (frozen) flags |= dnnl_use_global_stats;
  if (relu) flags |= dnnl_fuse_norm_relu;
  dnnl_primitive_attr_t attributes = odn_attributes(0);
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_status_t status = dnnl_success;
  if (odn_is_backward(direction))
    status = describe_batch_normalization(
        &hint, ODN_FORWARD_TRAINING, odn_md_of(source), epsilon, flags, attributes, NULL);
  if (status == dnnl_success)
    status = describe_batch_normalization(
        &description, direction, odn_md_of(source), epsilon, flags, attributes, hint);
  odn_primitive *result = odn_finish(status, description, hint, attributes, "batch normalization");
  if (result) result->refuses_shift = V3 && odn_is_backward(direction);
  return result;
}

#include "internal.h"

static dnnl_status_t describe_elementwise(
    dnnl_primitive_desc_t *out, odn_direction direction, dnnl_alg_kind_t algorithm,
    odn_md_arg source, float alpha, float beta, dnnl_primitive_attr_t attributes,
    dnnl_primitive_desc_t hint) {
  dnnl_prop_kind_t kind = odn_prop_kind(direction);
#if V3
  if (odn_is_backward(direction))
    return dnnl_eltwise_backward_primitive_desc_create(
        out, odn_engine(), algorithm, source, source, source, alpha, beta, hint, attributes);
  return dnnl_eltwise_forward_primitive_desc_create(
      out, odn_engine(), kind, algorithm, source, source, alpha, beta, attributes);
#else
  dnnl_eltwise_desc_t operation;
  dnnl_status_t status =
      odn_is_backward(direction)
          ? dnnl_eltwise_backward_desc_init(&operation, algorithm, source, source, alpha, beta)
          : dnnl_eltwise_forward_desc_init(&operation, kind, algorithm, source, alpha, beta);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(out, &operation, attributes, odn_engine(), hint);
#endif
}

odn_primitive *odn_elementwise(
    odn_direction direction, odn_function function, const odn_layout *source, float alpha,
    float beta) {
  static const dnnl_alg_kind_t algorithms[] = {
    [ODN_EXP] = dnnl_eltwise_exp,   [ODN_LOG] = dnnl_eltwise_log,
    [ODN_SQRT] = dnnl_eltwise_sqrt, [ODN_ABS] = dnnl_eltwise_abs,
    [ODN_TANH] = dnnl_eltwise_tanh, [ODN_SIGMOID] = dnnl_eltwise_logistic,
    [ODN_POWER] = dnnl_eltwise_pow,
  };
  dnnl_primitive_attr_t attributes = odn_attributes(0);
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_status_t status = dnnl_success;
  if (odn_is_backward(direction))
    status = describe_elementwise(
        &hint, ODN_FORWARD_TRAINING, algorithms[function], odn_md_of(source), alpha, beta,
        attributes, NULL);
  if (status == dnnl_success)
    status = describe_elementwise(
        &description, direction, algorithms[function], odn_md_of(source), alpha, beta, attributes,
        hint);
  return odn_finish(status, description, hint, attributes, "elementwise function");
}

odn_primitive *odn_reorder(const odn_layout *source, const odn_layout *result) {
  dnnl_primitive_attr_t attributes = odn_attributes(0);
  dnnl_primitive_desc_t description = NULL;
  dnnl_status_t status = dnnl_reorder_primitive_desc_create(
      &description, odn_md_of(source), odn_engine(), odn_md_of(result), odn_engine(), attributes);
  return odn_finish(status, description, NULL, attributes, "reorder");
}

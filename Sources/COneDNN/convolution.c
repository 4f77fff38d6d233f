#include "internal.h"

static dnnl_status_t describe_convolution(
    dnnl_primitive_desc_t *out, odn_direction direction, dnnl_alg_kind_t algorithm,
    const odn_window *w, odn_md_arg source, odn_md_arg weights, odn_md_arg bias, odn_md_arg result,
    dnnl_primitive_attr_t attributes, dnnl_primitive_desc_t hint) {
  dnnl_dims_t dilates = {w->dilation[0] - 1, w->dilation[1] - 1};
  dnnl_prop_kind_t kind = odn_prop_kind(direction);
  const int transposed = algorithm == dnnl_deconvolution_direct;
#if V3
  switch (direction) {
    case ODN_BACKWARD_SOURCE:
      return (transposed ? dnnl_deconvolution_backward_data_primitive_desc_create
                         : dnnl_convolution_backward_data_primitive_desc_create)(
          out, odn_engine(), algorithm, source, weights, result, w->stride, dilates,
          w->padding_before, w->padding_after, hint, attributes);
    case ODN_BACKWARD_WEIGHTS:
      return (transposed ? dnnl_deconvolution_backward_weights_primitive_desc_create
                         : dnnl_convolution_backward_weights_primitive_desc_create)(
          out, odn_engine(), algorithm, source, weights, bias, result, w->stride, dilates,
          w->padding_before, w->padding_after, hint, attributes);
    default:
      return (transposed ? dnnl_deconvolution_forward_primitive_desc_create
                         : dnnl_convolution_forward_primitive_desc_create)(
          out, odn_engine(), kind, algorithm, source, weights, bias, result, w->stride, dilates,
          w->padding_before, w->padding_after, attributes);
  }
#else
  dnnl_convolution_desc_t operation;  // the same struct for a transposed convolution
  dnnl_status_t status;
  switch (direction) {
    case ODN_BACKWARD_SOURCE:
      status = (transposed ? dnnl_dilated_deconvolution_backward_data_desc_init
                           : dnnl_dilated_convolution_backward_data_desc_init)(
          &operation, algorithm, source, weights, result, w->stride, dilates, w->padding_before,
          w->padding_after);
      break;
    case ODN_BACKWARD_WEIGHTS:
      status = (transposed ? dnnl_dilated_deconvolution_backward_weights_desc_init
                           : dnnl_dilated_convolution_backward_weights_desc_init)(
          &operation, algorithm, source, weights, bias, result, w->stride, dilates,
          w->padding_before, w->padding_after);
      break;
    default:
      status = (transposed ? dnnl_dilated_deconvolution_forward_desc_init
                           : dnnl_dilated_convolution_forward_desc_init)(
          &operation, kind, algorithm, source, weights, bias, result, w->stride, dilates,
          w->padding_before, w->padding_after);
  }
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(out, &operation, attributes, odn_engine(), hint);
#endif
}

odn_primitive *odn_convolution(
    odn_direction direction, odn_algorithm algorithm, const odn_window *window,
    const odn_layout *source, const odn_layout *weights, const odn_layout *bias,
    const odn_layout *result, int relu) {
  static const dnnl_alg_kind_t algorithms[] = {
    [ODN_DIRECT] = dnnl_convolution_direct, [ODN_WINOGRAD] = dnnl_convolution_winograd,
    [ODN_TRANSPOSED] = dnnl_deconvolution_direct,
  };
  const dnnl_alg_kind_t kind = algorithms[algorithm];
  dnnl_primitive_attr_t attributes = odn_attributes(relu);
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_status_t status = dnnl_success;
  if (odn_is_backward(direction))
    status = describe_convolution(
        &hint, ODN_FORWARD_TRAINING, kind, window, odn_md_of(source), odn_md_of(weights),
        odn_md_of(bias), odn_md_of(result), attributes, NULL);
  if (status == dnnl_success)
    status = describe_convolution(
        &description, direction, kind, window, odn_md_of(source), odn_md_of(weights),
        odn_md_of(bias), odn_md_of(result), attributes, hint);
  return odn_finish(status, description, hint, attributes, "convolution");
}

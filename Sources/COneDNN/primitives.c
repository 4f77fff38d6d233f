// One function an operation: version 2 fills an operation descriptor first, version 3 does not.
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

static int backward(odn_direction direction) {
  return direction == ODN_BACKWARD_SOURCE || direction == ODN_BACKWARD_WEIGHTS;
}

// `make` assigns `status` and `description`; everything around it is the same for all operations.
// oneDNN wants the forward description as a hint before it describes a backward pass.
static odn_primitive *finish(
    dnnl_status_t status, dnnl_primitive_desc_t description, dnnl_primitive_desc_t hint,
    dnnl_primitive_attr_t attributes, const char *what) {
  dnnl_primitive_attr_destroy(attributes);
  odn_primitive *result = odn_failed(status, what) ? NULL : odn_compile(description, what);
  if (hint) dnnl_primitive_desc_destroy(hint);
  return result;
}

// MARK: Convolution

static dnnl_status_t describe_convolution(
    dnnl_primitive_desc_t *out, odn_direction direction, dnnl_alg_kind_t algorithm,
    const odn_window *w, odn_md_arg source, odn_md_arg weights, odn_md_arg bias, odn_md_arg result,
    dnnl_primitive_attr_t attributes, dnnl_primitive_desc_t hint) {
  dnnl_dims_t dilates = {w->dilation[0] - 1, w->dilation[1] - 1};
  dnnl_prop_kind_t kind = odn_prop_kind(direction);
#if V3
  switch (direction) {
    case ODN_BACKWARD_SOURCE:
      return dnnl_convolution_backward_data_primitive_desc_create(
          out, odn_engine(), algorithm, source, weights, result, w->stride, dilates,
          w->padding_before, w->padding_after, hint, attributes);
    case ODN_BACKWARD_WEIGHTS:
      return dnnl_convolution_backward_weights_primitive_desc_create(
          out, odn_engine(), algorithm, source, weights, bias, result, w->stride, dilates,
          w->padding_before, w->padding_after, hint, attributes);
    default:
      return dnnl_convolution_forward_primitive_desc_create(
          out, odn_engine(), kind, algorithm, source, weights, bias, result, w->stride, dilates,
          w->padding_before, w->padding_after, attributes);
  }
#else
  dnnl_convolution_desc_t operation;
  dnnl_status_t status;
  switch (direction) {
    case ODN_BACKWARD_SOURCE:
      status = dnnl_dilated_convolution_backward_data_desc_init(
          &operation, algorithm, source, weights, result, w->stride, dilates, w->padding_before,
          w->padding_after);
      break;
    case ODN_BACKWARD_WEIGHTS:
      status = dnnl_dilated_convolution_backward_weights_desc_init(
          &operation, algorithm, source, weights, bias, result, w->stride, dilates,
          w->padding_before, w->padding_after);
      break;
    default:
      status = dnnl_dilated_convolution_forward_desc_init(
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
  dnnl_alg_kind_t kind =
      algorithm == ODN_WINOGRAD ? dnnl_convolution_winograd : dnnl_convolution_direct;
  dnnl_primitive_attr_t attributes = odn_attributes(relu);
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_status_t status = dnnl_success;
  if (backward(direction))
    status = describe_convolution(
        &hint, ODN_FORWARD_TRAINING, kind, window, odn_md_of(source), odn_md_of(weights),
        odn_md_of(bias), odn_md_of(result), attributes, NULL);
  if (status == dnnl_success)
    status = describe_convolution(
        &description, direction, kind, window, odn_md_of(source), odn_md_of(weights),
        odn_md_of(bias), odn_md_of(result), attributes, hint);
  return finish(status, description, hint, attributes, "convolution");
}

// MARK: Batch normalisation

static dnnl_status_t describe_batch_normalization(
    dnnl_primitive_desc_t *out, odn_direction direction, odn_md_arg source, float epsilon,
    unsigned flags, dnnl_primitive_attr_t attributes, dnnl_primitive_desc_t hint) {
  dnnl_prop_kind_t kind = backward(direction) ? dnnl_backward : odn_prop_kind(direction);
#if V3
  if (backward(direction))
    return dnnl_batch_normalization_backward_primitive_desc_create(
        out, odn_engine(), kind, source, source, source, epsilon, flags, hint, attributes);
  return dnnl_batch_normalization_forward_primitive_desc_create(
      out, odn_engine(), kind, source, source, epsilon, flags, attributes);
#else
  dnnl_batch_normalization_desc_t operation;
  dnnl_status_t status =
      backward(direction)
          ? dnnl_batch_normalization_backward_desc_init(
                &operation, kind, source, source, epsilon, flags)
          : dnnl_batch_normalization_forward_desc_init(&operation, kind, source, epsilon, flags);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(out, &operation, attributes, odn_engine(), hint);
#endif
}

odn_primitive *odn_batch_normalization(
    odn_direction direction, const odn_layout *source, float epsilon, int relu) {
  unsigned flags = dnnl_use_scale | dnnl_use_shift;
  if (direction == ODN_FORWARD_INFERENCE) flags |= dnnl_use_global_stats;
  if (relu) flags |= dnnl_fuse_norm_relu;
  dnnl_primitive_attr_t attributes = odn_attributes(0);
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_status_t status = dnnl_success;
  if (backward(direction))
    status = describe_batch_normalization(
        &hint, ODN_FORWARD_TRAINING, odn_md_of(source), epsilon, flags, attributes, NULL);
  if (status == dnnl_success)
    status = describe_batch_normalization(
        &description, direction, odn_md_of(source), epsilon, flags, attributes, hint);
  odn_primitive *result = finish(status, description, hint, attributes, "batch normalization");
  if (result) result->refuses_shift = V3 && backward(direction);
  return result;
}

// MARK: Pooling

static dnnl_status_t describe_pool(
    dnnl_primitive_desc_t *out, odn_direction direction, dnnl_alg_kind_t algorithm,
    const odn_window *w, odn_md_arg source, odn_md_arg result, dnnl_primitive_attr_t attributes,
    dnnl_primitive_desc_t hint) {
  dnnl_prop_kind_t kind = odn_prop_kind(direction);
  dnnl_dims_t dilates = {w->dilation[0] - 1, w->dilation[1] - 1};
#if V3
  if (backward(direction))
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
      backward(direction)
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
  if (backward(direction))
    status = describe_pool(
        &hint, ODN_FORWARD_TRAINING, algorithms[kind], window, odn_md_of(source),
        odn_md_of(result), attributes, NULL);
  if (status == dnnl_success)
    status = describe_pool(
        &description, direction, algorithms[kind], window, odn_md_of(source), odn_md_of(result),
        attributes, hint);
  return finish(status, description, hint, attributes, "pooling");
}

// MARK: Elementwise functions and reorder

static dnnl_status_t describe_elementwise(
    dnnl_primitive_desc_t *out, odn_direction direction, dnnl_alg_kind_t algorithm,
    odn_md_arg source, float alpha, float beta, dnnl_primitive_attr_t attributes,
    dnnl_primitive_desc_t hint) {
  dnnl_prop_kind_t kind = odn_prop_kind(direction);
#if V3
  if (backward(direction))
    return dnnl_eltwise_backward_primitive_desc_create(
        out, odn_engine(), algorithm, source, source, source, alpha, beta, hint, attributes);
  return dnnl_eltwise_forward_primitive_desc_create(
      out, odn_engine(), kind, algorithm, source, source, alpha, beta, attributes);
#else
  dnnl_eltwise_desc_t operation;
  dnnl_status_t status =
      backward(direction)
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
  if (backward(direction))
    status = describe_elementwise(
        &hint, ODN_FORWARD_TRAINING, algorithms[function], odn_md_of(source), alpha, beta,
        attributes, NULL);
  if (status == dnnl_success)
    status = describe_elementwise(
        &description, direction, algorithms[function], odn_md_of(source), alpha, beta, attributes,
        hint);
  return finish(status, description, hint, attributes, "elementwise function");
}

odn_primitive *odn_reorder(const odn_layout *source, const odn_layout *result) {
  dnnl_primitive_attr_t attributes = odn_attributes(0);
  dnnl_primitive_desc_t description = NULL;
  dnnl_status_t status = dnnl_reorder_primitive_desc_create(
      &description, odn_md_of(source), odn_engine(), odn_md_of(result), odn_engine(), attributes);
  return finish(status, description, NULL, attributes, "reorder");
}

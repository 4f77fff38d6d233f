#include "internal.h"

odn_primitive *odn_compile(dnnl_primitive_desc_t description, const char *what) {
  dnnl_primitive_t primitive;
  if (odn_failed(dnnl_primitive_create(&primitive, description), what)) {
    dnnl_primitive_desc_destroy(description);
    return NULL;
  }
  odn_primitive *result = malloc(sizeof *result);
  *result = (odn_primitive){description, primitive, 0};
  return result;
}

void odn_primitive_free(odn_primitive *primitive) {
  if (!primitive) return;
  dnnl_primitive_destroy(primitive->primitive);
  dnnl_primitive_desc_destroy(primitive->description);
  free(primitive);
}

static const int argument_of[] = {
  [ODN_SOURCE] = DNNL_ARG_SRC, [ODN_WEIGHTS] = DNNL_ARG_WEIGHTS, [ODN_BIAS] = DNNL_ARG_BIAS,
  [ODN_RESULT] = DNNL_ARG_DST, [ODN_MEAN] = DNNL_ARG_MEAN, [ODN_VARIANCE] = DNNL_ARG_VARIANCE,
  [ODN_SCALE] = DNNL_ARG_SCALE, [ODN_SHIFT] = DNNL_ARG_SHIFT,
  [ODN_WORKSPACE] = DNNL_ARG_WORKSPACE, [ODN_SOURCE_GRADIENT] = DNNL_ARG_DIFF_SRC,
  [ODN_WEIGHTS_GRADIENT] = DNNL_ARG_DIFF_WEIGHTS, [ODN_BIAS_GRADIENT] = DNNL_ARG_DIFF_BIAS,
  [ODN_RESULT_GRADIENT] = DNNL_ARG_DIFF_DST, [ODN_SCALE_GRADIENT] = DNNL_ARG_DIFF_SCALE,
  [ODN_SHIFT_GRADIENT] = DNNL_ARG_DIFF_SHIFT, [ODN_SCRATCHPAD] = DNNL_ARG_SCRATCHPAD,
};

int odn_execute(
    const odn_primitive *primitive, int count, const odn_role *roles,
    const odn_layout *const *layouts, void *const *pointers) {
  dnnl_exec_arg_t arguments[16];
  int made = 0, failed = count > 16;
  for (int i = 0; i < count && !failed; i++) {
    if (primitive->refuses_shift && roles[i] == ODN_SHIFT) continue;
    arguments[made].arg = argument_of[roles[i]];
    failed = odn_failed(
        dnnl_memory_create(
            &arguments[made].memory, odn_md_of(layouts[i]), odn_engine(), pointers[i]),
        "argument");
    if (!failed) made++;
  }
  if (!failed)
    failed = odn_failed(
        dnnl_primitive_execute(primitive->primitive, odn_stream(), made, arguments), "execution");
  if (!failed) failed = odn_failed(dnnl_stream_wait(odn_stream()), "execution");
  for (int i = 0; i < made; i++) dnnl_memory_destroy(arguments[i].memory);
  return failed;
}

#include "internal.h"

odn_primitive *odn_matmul(
    const odn_layout *source, const odn_layout *weights, const odn_layout *bias,
    const odn_layout *result) {
  dnnl_primitive_attr_t attributes = odn_attributes(0);
  dnnl_primitive_desc_t description = NULL;
#if V3
  dnnl_status_t status = dnnl_matmul_primitive_desc_create(
      &description, odn_engine(), odn_md_of(source), odn_md_of(weights), odn_md_of(bias),
      odn_md_of(result), attributes);
#else
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(
      &operation, odn_md_of(source), odn_md_of(weights), odn_md_of(bias), odn_md_of(result));
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(&description, &operation, attributes, odn_engine(), NULL);
#endif
  return odn_finish(status, description, NULL, attributes, "matrix product");
}

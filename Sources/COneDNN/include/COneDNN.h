// A small C face over oneDNN that is the same for its versions 2 and 3.
//
// Every function returns NULL (or non-zero) when oneDNN refuses; `odn_last_error` then says why.
// Objects are immutable once made and may be shared between threads; each is freed by its `_free`.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a dense array of Float lies in memory: its shape and its (possibly blocked) order.
typedef struct odn_layout odn_layout;
/// An operation compiled for given shapes, layouts, instruction set and number of threads.
typedef struct odn_primitive odn_primitive;

enum { ODN_MAX_RANK = 12 };

/// The tensors an operation reads and writes.
typedef enum {
  ODN_SOURCE, ODN_WEIGHTS, ODN_BIAS, ODN_RESULT,
  ODN_MEAN, ODN_VARIANCE, ODN_SCALE, ODN_SHIFT, ODN_WORKSPACE,
  ODN_SOURCE_GRADIENT, ODN_WEIGHTS_GRADIENT, ODN_BIAS_GRADIENT, ODN_RESULT_GRADIENT,
  ODN_SCALE_GRADIENT, ODN_SHIFT_GRADIENT, ODN_SCRATCHPAD
} odn_role;

typedef enum { ODN_DIRECT, ODN_WINOGRAD, ODN_TRANSPOSED } odn_algorithm;
typedef enum { ODN_MAXIMUM, ODN_AVERAGE, ODN_AVERAGE_WITH_PADDING } odn_pooling;
typedef enum { ODN_FORWARD_TRAINING, ODN_FORWARD_INFERENCE, ODN_BACKWARD_SOURCE,
               ODN_BACKWARD_WEIGHTS } odn_direction;
typedef enum { ODN_EXP, ODN_LOG, ODN_SQRT, ODN_ABS, ODN_TANH, ODN_SIGMOID, ODN_POWER } odn_function;

/// Strides, dilations and paddings of a window, per spatial axis (rows, columns).
typedef struct {
  int64_t kernel[2], stride[2], dilation[2];  // dilation 1 = none
  int64_t padding_before[2], padding_after[2];
} odn_window;

const char *odn_last_error(void);
/// oneDNN's version as major * 10000 + minor * 100 + patch.
int odn_version(void);

odn_layout *odn_layout_strided(int rank, const int64_t *shape, const int64_t *strides);
/// Lets oneDNN choose the order when a primitive is made.
odn_layout *odn_layout_any(int rank, const int64_t *shape);
/// [N, C, H, W] in blocks of `lanes` channels (8 or 16), which lie side by side: nChw16c, C padded
/// with zeros.
odn_layout *odn_layout_channel_blocks(const int64_t *shape, int lanes);
/// The same memory with its axes renamed: axis `axes[i]` of the result is axis i of `layout`.
odn_layout *odn_layout_permuted(const odn_layout *layout, const int *axes);
size_t odn_layout_bytes(const odn_layout *layout);
int odn_layout_equal(const odn_layout *a, const odn_layout *b);
void odn_layout_free(odn_layout *layout);

/// `bias` may be NULL. `relu` fuses max(0, ·) into an inference pass. Weights have 4 axes, or 5
/// with the groups first; `ODN_TRANSPOSED` spreads each cell over a window instead of gathering.
odn_primitive *odn_convolution(
    odn_direction direction, odn_algorithm algorithm, const odn_window *window,
    const odn_layout *source, const odn_layout *weights, const odn_layout *bias,
    const odn_layout *result, int relu);
/// Batch normalisation over axes N, H, W with scale and shift; `relu` fuses max(0, ·). `frozen`
/// takes mean and variance as they are given instead of computing them.
odn_primitive *odn_batch_normalization(
    odn_direction direction, const odn_layout *source, float epsilon, int frozen, int relu);
odn_primitive *odn_pool(
    odn_direction direction, odn_pooling kind, const odn_window *window, const odn_layout *source,
    const odn_layout *result);
/// y = f(x), or dx = f'(x)·dy for `ODN_BACKWARD_SOURCE`; `alpha`, `beta` as oneDNN defines them.
odn_primitive *odn_elementwise(
    odn_direction direction, odn_function function, const odn_layout *source, float alpha,
    float beta);
/// Product of the last two axes; the axes before them are a batch. `bias` may be NULL.
odn_primitive *odn_matmul(
    const odn_layout *source, const odn_layout *weights, const odn_layout *bias,
    const odn_layout *result);
odn_primitive *odn_reorder(const odn_layout *source, const odn_layout *result);

/// The layout the primitive wants for `role` (a new object), or NULL when it takes none.
odn_layout *odn_primitive_layout(const odn_primitive *primitive, odn_role role);
void odn_primitive_free(odn_primitive *primitive);
/// Runs on the calling thread's team. `layouts[i]` describes `pointers[i]`.
int odn_execute(
    const odn_primitive *primitive, int count, const odn_role *roles,
    const odn_layout *const *layouts, void *const *pointers);

/// Calls `body(context, index, count)` once on each of `threads` threads of oneDNN's own OpenMP
/// team: a second pool beside its spinning workers would cost time.
void odn_parallel(int threads, void (*body)(void *context, int index, int count), void *context);
int odn_threads(void);
void odn_set_threads(int threads);

#ifdef __cplusplus
}
#endif

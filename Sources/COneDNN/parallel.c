#include "COneDNN.h"

// libgomp's entry points. clang's own -fopenmp would link a second OpenMP runtime, whose threads
// would fight with the team that oneDNN keeps spinning.
extern void GOMP_parallel(void (*body)(void *), void *context, unsigned threads, unsigned flags);
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern int omp_get_max_threads(void);
extern void omp_set_num_threads(int threads);

typedef struct {
  void (*body)(void *, int, int);
  void *context;
} job;

static void run(void *pointer) {
  const job *j = pointer;
  j->body(j->context, omp_get_thread_num(), omp_get_num_threads());
}

void odn_parallel(int threads, void (*body)(void *, int, int), void *context) {
  job j = {body, context};
  GOMP_parallel(run, &j, (unsigned)threads, 0);
}

int odn_threads(void) { return omp_get_max_threads(); }
void odn_set_threads(int threads) { omp_set_num_threads(threads); }

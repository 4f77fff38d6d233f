#include "internal.h"
#include <pthread.h>
#include <stdio.h>

static _Thread_local char last_error[128];

const char *odn_last_error(void) { return last_error; }

int odn_failed(dnnl_status_t status, const char *what) {
  if (status == dnnl_success) return 0;
  const char *reason = status == dnnl_unimplemented       ? "not implemented for these shapes"
                       : status == dnnl_invalid_arguments ? "invalid arguments"
                       : status == dnnl_out_of_memory     ? "out of memory"
                                                          : "runtime error";
  snprintf(last_error, sizeof last_error, "%s: %s (oneDNN status %d)", what, reason, (int)status);
  return 1;
}

int odn_version(void) {
  const dnnl_version_t *version = dnnl_version();
  return version->major * 10000 + version->minor * 100 + version->patch;
}

// One engine for the process, and one stream a thread: streams are cheap but not shareable.
static dnnl_engine_t engine;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;
static void make_engine(void) { dnnl_engine_create(&engine, dnnl_cpu, 0); }

dnnl_engine_t odn_engine(void) {
  pthread_once(&engine_once, make_engine);
  return engine;
}

// The key's destructor frees a thread's stream with the thread.
static pthread_key_t stream_key;
static pthread_once_t stream_once = PTHREAD_ONCE_INIT;
static void destroy_stream(void *stream) { dnnl_stream_destroy(stream); }
static void make_stream_key(void) { pthread_key_create(&stream_key, destroy_stream); }

dnnl_stream_t odn_stream(void) {
  pthread_once(&stream_once, make_stream_key);
  dnnl_stream_t stream = pthread_getspecific(stream_key);
  if (!stream) {
    dnnl_stream_create(&stream, odn_engine(), dnnl_stream_default_flags);
    pthread_setspecific(stream_key, stream);
  }
  return stream;
}

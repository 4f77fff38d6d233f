#if !__has_include(<duktape.h>)
#error "duktape-dev is missing: run `make setup`"
#endif
#include <duktape.h>

#if !__has_include(<cmark-gfm.h>) || !__has_include(<cmark-gfm-core-extensions.h>)
#error "libcmark-gfm-dev or libcmark-gfm-extensions-dev is missing: run `make setup`"
#endif
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>

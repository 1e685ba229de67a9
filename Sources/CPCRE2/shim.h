// The 8-bit PCRE2 library, as declared by its own header: pcre2api(3).
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

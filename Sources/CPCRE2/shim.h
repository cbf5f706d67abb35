// PCRE2 with 8-bit code units: bytes are matched as they stand in the log.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

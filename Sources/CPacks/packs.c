#include "CPacks.h"

// #embed is C23; the compiler has it in all modes and warns outside C23.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char http_access[] = {
#embed "../../rules/http-access.yaml"
};
static const char python[] = {
#embed "../../rules/python.yaml"
};
static const char nginx[] = {
#embed "../../rules/nginx.yaml"
};
static const char postgres[] = {
#embed "../../rules/postgres.yaml"
};
static const char generic[] = {
#embed "../../rules/generic.yaml"
};

static const struct {
  const char *name;
  const char *text;
  size_t length;
} packs[] = {
    {"http-access", http_access, sizeof http_access},
    {"python", python, sizeof python},
    {"nginx", nginx, sizeof nginx},
    {"postgres", postgres, sizeof postgres},
    {"generic", generic, sizeof generic},
};

int tidemark_pack_count(void) { return (int)(sizeof packs / sizeof packs[0]); }

const char *tidemark_pack_name(int index) { return packs[index].name; }

const char *tidemark_pack_text(int index, size_t *length) {
  *length = packs[index].length;
  return packs[index].text;
}

#include "CSecrets.h"

// #embed is C23; the compiler has it in all modes and warns outside C23.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char secrets[] = {
#embed "../../rules/secrets.redact"
};

const char *tidemark_secrets_text(size_t *length) {
  *length = sizeof secrets;
  return secrets;
}

// The redaction rules of `rules/secrets.redact`, embedded as they are.
#ifndef TIDEMARK_SECRETS_H
#define TIDEMARK_SECRETS_H

#include <stddef.h>

/// The text of the rules, not closed by a zero; `length` receives its bytes.
const char *tidemark_secrets_text(size_t *length);

#endif

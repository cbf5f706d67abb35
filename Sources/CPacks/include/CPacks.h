// The rule packs of `rules/`, embedded as they are.
#ifndef TIDEMARK_PACKS_H
#define TIDEMARK_PACKS_H

#include <stddef.h>

/// How many packs there are.
int tidemark_pack_count(void);

/// The name of pack `index`: that of its file without folder and ending.
const char *tidemark_pack_name(int index);

/// The text of pack `index`, not closed by a zero; `length` receives its bytes.
const char *tidemark_pack_text(int index, size_t *length);

#endif

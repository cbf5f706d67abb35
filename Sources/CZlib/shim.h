#include <zlib.h>

// inflateInit2 and deflateInit2 are macros that Swift cannot import. Adding 32 to the window bits would make zlib
// guess between zlib and gzip headers; 16 accepts gzip only, which is what a .gz file must be.
static inline int tidemark_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 15 + 16);
}

static inline int tidemark_deflate_init_gzip(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

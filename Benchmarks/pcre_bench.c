// PCRE2-JIT reference counter. usage: pcre_bench MODE rules.txt corpus
// MODE: line  = 50 rules tried on every line (JIT), per-rule counts
//       alt   = one alternation tried on every line, any-match count
//       buf   = each rule scans the 1 MiB buffer (MULTILINE), per-rule counts (match end is confined to the line by retry)
//       gate  = alternation on the buffer finds candidate lines; the 50 rules run on those lines only, per-rule counts
#define _GNU_SOURCE // memrchr
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#define MAXR 256
static char *rule[MAXR]; static int nr; static pcre2_code *code[MAXR], *alt; static long cnt[MAXR], any, lines;
static pcre2_match_data *md; static pcre2_match_context *mc;
static pcre2_code *comp(const char *s, uint32_t opt) { int e; PCRE2_SIZE o; pcre2_code *c = pcre2_compile((PCRE2_SPTR)s, PCRE2_ZERO_TERMINATED, opt, &e, &o, NULL);
  if (!c) { PCRE2_UCHAR b[256]; pcre2_get_error_message(e, b, 256); fprintf(stderr, "bad: %s: %s\n", s, b); exit(2); } pcre2_jit_compile(c, PCRE2_JIT_COMPLETE); return c; }
static inline int m(pcre2_code *c, const char *p, size_t n, size_t off) { return pcre2_jit_match(c, (PCRE2_SPTR)p, n, off, 0, md, mc); }
static void do_buf(const char *mode, const char *b, size_t n) {
  if (*mode == 'b') { for (int i = 0; i < nr; i++) { size_t off = 0; while (off < n) { int rc = m(code[i], b, n, off); if (rc < 0) break;
        PCRE2_SIZE *ov = pcre2_get_ovector_pointer(md); const char *ls = ov[0] ? memrchr(b, '\n', ov[0]) : 0; size_t l0 = ls ? ls - b + 1 : 0;
        const char *le = memchr(b + ov[0], '\n', n - ov[0]); size_t l1 = le ? (size_t)(le - b) : n;
        if (ov[1] <= l1 || m(code[i], b + l0, l1 - l0, ov[0] - l0) >= 0) cnt[i]++; off = l1 + 1; } } return; }
  if (*mode == 'g') { size_t off = 0; while (off < n) { int rc = m(alt, b, n, off); if (rc < 0) break; PCRE2_SIZE *ov = pcre2_get_ovector_pointer(md);
      const char *ls = ov[0] ? memrchr(b, '\n', ov[0]) : 0; size_t l0 = ls ? ls - b + 1 : 0; const char *le = memchr(b + ov[0], '\n', n - ov[0]); size_t l1 = le ? (size_t)(le - b) : n; int hit = 0;
      for (int i = 0; i < nr; i++) if (m(code[i], b + l0, l1 - l0, 0) >= 0) { cnt[i]++; hit = 1; } any += hit; off = l1 + 1; } return; }
  const char *p = b, *e = b + n; while (p < e) { const char *q = memchr(p, '\n', e - p); if (!q) q = e; lines++; size_t k = q - p;
    if (*mode == 'a') { if (m(alt, p, k, 0) >= 0) any++; } else for (int i = 0; i < nr; i++) if (m(code[i], p, k, 0) >= 0) cnt[i]++; p = q + 1; } }
int main(int c, char **v) { char *mode = v[1], ln[4096]; FILE *f = fopen(v[2], "r"); while (fgets(ln, sizeof ln, f)) { ln[strcspn(ln, "\n")] = 0; if (*ln) rule[nr++] = strdup(ln); }
  uint32_t opt = (*mode == 'b' || *mode == 'g') ? PCRE2_MULTILINE : 0; size_t L = 1; for (int i = 0; i < nr; i++) { code[i] = comp(rule[i], opt); L += strlen(rule[i]) + 6; }
  char *as = malloc(L); *as = 0; for (int i = 0; i < nr; i++) { if (i) strcat(as, "|"); strcat(as, "(?:"); strcat(as, rule[i]); strcat(as, ")"); } alt = comp(as, opt);
  md = pcre2_match_data_create(64, NULL); mc = pcre2_match_context_create(NULL); pcre2_jit_stack_assign(mc, NULL, pcre2_jit_stack_create(1 << 15, 1 << 20, NULL));
  int fd = strcmp(v[3], "-") ? open(v[3], O_RDONLY) : 0; size_t cap = 1 << 20, have = 0; char *b = malloc(cap * 2); ssize_t r;
  while ((r = read(fd, b + have, cap)) > 0) { have += r; char *e = memrchr(b, '\n', have); if (!e) continue; size_t k = e - b + 1; do_buf(mode, b, k); memmove(b, b + k, have - k); have -= k; }
  if (have) do_buf(mode, b, have);
  if (any) printf("any %ld\n", any); for (int i = 0; i < nr; i++) if (*mode != 'a') printf("%d %ld\n", i + 1, cnt[i]); return 0; }

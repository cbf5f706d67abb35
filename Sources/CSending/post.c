#include "CSending.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

// libcurl is opened when the first message leaves: who sends none needs none, and building needs no
// package of it. Numbers are those of its stable interface (curl.h, version 7.19.4 and later).
enum {
  OPT_WRITEDATA = 10001, OPT_URL = 10002, OPT_POSTFIELDS = 10015, OPT_USERAGENT = 10018,
  OPT_HTTPHEADER = 10023, OPT_HEADERDATA = 10029, OPT_WRITEFUNCTION = 20011,
  OPT_HEADERFUNCTION = 20079, OPT_POSTFIELDSIZE_LARGE = 30120, OPT_POST = 47,
  OPT_FOLLOWLOCATION = 52, OPT_NOSIGNAL = 99, OPT_TIMEOUT_MS = 155, OPT_CONNECTTIMEOUT_MS = 156,
  OPT_PROTOCOLS = 181, INFO_RESPONSE_CODE = 0x200002, PROTOCOL_HTTP_AND_HTTPS = 3, GLOBAL_ALL = 3,
};

static struct {
  void *library;
  int (*global_init)(long);
  void *(*easy_init)(void);
  int (*setopt)(void *, int, ...);
  int (*perform)(void *);
  int (*getinfo)(void *, int, ...);
  void (*cleanup)(void *);
  const char *(*strerror)(int);
  void *(*append)(void *, const char *);
  void (*free_all)(void *);
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"};
  for (size_t index = 0; index < sizeof names / sizeof *names && !curl.library; index++)
    curl.library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
  if (!curl.library) return;
  const struct { void *place; const char *name; } symbols[] = {
      {&curl.global_init, "curl_global_init"}, {&curl.easy_init, "curl_easy_init"},
      {&curl.setopt, "curl_easy_setopt"},      {&curl.perform, "curl_easy_perform"},
      {&curl.getinfo, "curl_easy_getinfo"},    {&curl.cleanup, "curl_easy_cleanup"},
      {&curl.strerror, "curl_easy_strerror"},  {&curl.append, "curl_slist_append"},
      {&curl.free_all, "curl_slist_free_all"},
  };
  for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
    void *symbol = dlsym(curl.library, symbols[index].name);
    if (!symbol) {
      curl.library = NULL;
      return;
    }
    memcpy(symbols[index].place, &symbol, sizeof symbol);
  }
  if (curl.global_init(GLOBAL_ALL) != 0) curl.library = NULL;
}

struct reading {
  struct tidemark_answer *answer;
  size_t kept;
  long rest;
};

// Keeps the first bytes of a body; one without end is broken off.
static size_t read_body(char *data, size_t size, size_t count, void *context) {
  struct reading *reading = context;
  const size_t bytes = size * count;
  const size_t room = sizeof reading->answer->body - 1 - reading->kept;
  const size_t kept = bytes < room ? bytes : room;
  memcpy(reading->answer->body + reading->kept, data, kept);
  reading->kept += kept;
  reading->rest -= (long)bytes;
  return reading->rest < 0 ? 0 : bytes;
}

static size_t read_header(char *data, size_t size, size_t count, void *context) {
  struct reading *reading = context;
  const size_t bytes = size * count;
  static const char name[] = "retry-after:";
  if (bytes > sizeof name && strncasecmp(data, name, sizeof name - 1) == 0) {
    size_t start = sizeof name - 1, end = bytes;
    while (start < end && (data[start] == ' ' || data[start] == '\t')) start++;
    while (end > start && (unsigned char)data[end - 1] <= ' ') end--;
    const size_t length = end - start;
    if (length < sizeof reading->answer->retry_after) {
      memcpy(reading->answer->retry_after, data + start, length);
      reading->answer->retry_after[length] = 0;
    }
  }
  return bytes;
}

int tidemark_post(const char *address, const char *const *headers, size_t header_count,
                  const char *body, size_t length, long connect_milliseconds, long milliseconds,
                  long answer_bytes, struct tidemark_answer *answer) {
  memset(answer, 0, sizeof *answer);
  pthread_once(&once, load);
  if (!curl.library) return 2;
  void *handle = curl.easy_init();
  if (!handle) return 2;
  struct reading reading = {answer, 0, answer_bytes};
  // Without it a long body would wait for a word of the server.
  void *list = curl.append(NULL, "Expect:");
  for (size_t index = 0; index < header_count; index++) list = curl.append(list, headers[index]);
  curl.setopt(handle, OPT_URL, address);
  curl.setopt(handle, OPT_POST, 1L);
  curl.setopt(handle, OPT_POSTFIELDSIZE_LARGE, (long long)length);
  curl.setopt(handle, OPT_POSTFIELDS, body);
  curl.setopt(handle, OPT_HTTPHEADER, list);
  curl.setopt(handle, OPT_USERAGENT, "tidemark");
  curl.setopt(handle, OPT_NOSIGNAL, 1L);
  curl.setopt(handle, OPT_FOLLOWLOCATION, 0L);
  curl.setopt(handle, OPT_PROTOCOLS, (long)PROTOCOL_HTTP_AND_HTTPS);
  curl.setopt(handle, OPT_CONNECTTIMEOUT_MS, connect_milliseconds);
  curl.setopt(handle, OPT_TIMEOUT_MS, milliseconds);
  curl.setopt(handle, OPT_WRITEFUNCTION, read_body);
  curl.setopt(handle, OPT_WRITEDATA, &reading);
  curl.setopt(handle, OPT_HEADERFUNCTION, read_header);
  curl.setopt(handle, OPT_HEADERDATA, &reading);
  const int code = curl.perform(handle);
  curl.getinfo(handle, INFO_RESPONSE_CODE, &answer->status);
  // A refusal counts whatever came behind it; success is a whole answer.
  const int is_whole = code == 0 || reading.rest < 0;
  const int is_answered = answer->status >= 300 || (answer->status >= 200 && is_whole);
  if (!is_answered) snprintf(answer->failure, sizeof answer->failure, "%s", curl.strerror(code));
  curl.free_all(list);
  curl.cleanup(handle);
  return is_answered ? 0 : 1;
}

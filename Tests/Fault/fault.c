// Fails, or ends the program, at the n-th call that touches a chosen file.
//
//   cc -shared -fPIC -O2 -o fault.so fault.c -ldl
//   LD_PRELOAD=./fault.so FAULT_MATCH=tidemark.db FAULT_AT=17 FAULT_ERRNO=ENOSPC program …
//
// FAULT_MATCH  a file takes part when its name contains this text
// FAULT_AT     the call that goes wrong, from 1; without it calls are only counted
// FAULT_MODE   fail (default): the call returns FAULT_ERRNO and does nothing
//              die: the process ends before the call, as after kill -9
//              tear: the process ends after half of what was to be written
//              failtear: half is written, then the call returns FAULT_ERRNO
// FAULT_ERRNO  EIO (default), ENOSPC, EACCES, EROFS, EINTR, or a number
// FAULT_LAST   from FAULT_AT on to this call every call goes wrong (default: FAULT_AT alone)
// FAULT_COUNT  a file to which the number of counted calls is written at the end
// FAULT_LOG    a file to which each counted call is written: number, function, file
//
// Counted are: open, openat, creat, write, pwrite, writev, pwritev, fsync, fdatasync, ftruncate,
// fallocate, rename, unlink, mkdir, fcntl when it takes a lock, and mmap of SQLite's index. The last
// two never tear, and a lock that fails says EAGAIN unless FAULT_ERRNO is set.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { FAIL, DIE, TEAR, FAIL_TEAR };

static struct {
  const char *match;
  long first, last;
  enum mode mode;
  int error;
  bool error_is_set;
  const char *count_path;
  int log;
} plan = {.log = -1};

static atomic_long calls;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int error_number(const char *text) {
  static const struct {
    const char *name;
    int number;
  } names[] = {{"EIO", EIO},     {"ENOSPC", ENOSPC}, {"EACCES", EACCES}, {"EROFS", EROFS},
               {"EINTR", EINTR}, {"EDQUOT", EDQUOT}, {"EAGAIN", EAGAIN}, {"EMFILE", EMFILE}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(text, names[i].name) == 0) return names[i].number;
  int number = atoi(text);
  return number > 0 ? number : EIO;
}

static void read_plan(void) {
  const char *text;
  plan.match = getenv("FAULT_MATCH");
  if (plan.match && !*plan.match) plan.match = NULL;
  plan.first = (text = getenv("FAULT_AT")) ? atol(text) : 0;
  plan.last = (text = getenv("FAULT_LAST")) ? atol(text) : plan.first;
  plan.error_is_set = (text = getenv("FAULT_ERRNO")) != NULL;
  plan.error = text ? error_number(text) : EIO;
  if ((text = getenv("FAULT_MODE"))) {
    if (strcmp(text, "die") == 0) plan.mode = DIE;
    if (strcmp(text, "tear") == 0) plan.mode = TEAR;
    if (strcmp(text, "failtear") == 0) plan.mode = FAIL_TEAR;
  }
  plan.count_path = getenv("FAULT_COUNT");
  // The raw calls keep what this library does itself out of the count.
  if ((text = getenv("FAULT_LOG")))
    plan.log = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                            0600);
}

static void put_number(int file, long number) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%ld", number);
  syscall(SYS_write, file, digits, (size_t)length);
}

static void put_text(int file, const char *text) { syscall(SYS_write, file, text, strlen(text)); }

static void write_count(void) {
  if (!plan.count_path) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, plan.count_path,
                          O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return;
  put_number(file, atomic_load(&calls));
  put_text(file, "\n");
  syscall(SYS_close, file);
}

__attribute__((destructor)) static void at_end(void) {
  pthread_once(&once, read_plan);
  if (plan.match) write_count();
}

__attribute__((noreturn)) static void die(void) {
  write_count();
  syscall(SYS_exit_group, 137);
  __builtin_unreachable();
}

// Whether this call goes wrong by failing; in mode `die` it does not return then. With `tears` the
// caller writes half of its bytes first and asks `after_half` what to return.
enum verdict { GO_ON, GO_WRONG, HALF };

static enum verdict judge(const char *function, const char *name, bool tears) {
  pthread_once(&once, read_plan);
  if (!plan.match || !name || !strstr(name, plan.match)) return GO_ON;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (plan.log >= 0) {
    put_number(plan.log, number);
    put_text(plan.log, " ");
    put_text(plan.log, function);
    put_text(plan.log, " ");
    put_text(plan.log, name);
    put_text(plan.log, "\n");
  }
  if (plan.first == 0 || number < plan.first || number > plan.last) return GO_ON;
  if (tears && (plan.mode == TEAR || plan.mode == FAIL_TEAR)) return HALF;
  if (plan.mode == DIE || plan.mode == TEAR) die();
  errno = plan.error;
  return GO_WRONG;
}

static enum verdict judge_descriptor(const char *function, int file, bool tears) {
  char link[40], name[PATH_MAX];
  pthread_once(&once, read_plan);
  if (!plan.match) return GO_ON;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  int saved = errno;
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, name, sizeof name - 1);
  errno = saved;
  if (length <= 0) return GO_ON;
  name[length] = 0;
  return judge(function, name, tears);
}

static ssize_t after_half(void) {
  if (plan.mode == TEAR) die();
  errno = plan.error;
  return -1;
}

#define REAL(result, name, ...)                                 \
  static result (*real)(__VA_ARGS__);                           \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define MODE_ARGUMENT(flags)                    \
  mode_t mode = 0;                              \
  if ((flags) & (O_CREAT | O_TMPFILE)) {        \
    va_list list;                               \
    va_start(list, flags);                      \
    mode = (mode_t)va_arg(list, unsigned int);  \
    va_end(list);                               \
  }

#define OPEN(function)                                             \
  int function(const char *name, int flags, ...) {                 \
    MODE_ARGUMENT(flags)                                           \
    if (judge("open", name, false) == GO_WRONG) return -1;         \
    REAL(int, #function, const char *, int, ...);                  \
    return real(name, flags, mode);                                \
  }
OPEN(open)
OPEN(open64)

#define OPEN_AT(function)                                          \
  int function(int folder, const char *name, int flags, ...) {     \
    MODE_ARGUMENT(flags)                                           \
    if (judge("openat", name, false) == GO_WRONG) return -1;       \
    REAL(int, #function, int, const char *, int, ...);             \
    return real(folder, name, flags, mode);                        \
  }
OPEN_AT(openat)
OPEN_AT(openat64)

int creat(const char *name, mode_t mode) { return open(name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  switch (judge_descriptor("write", file, true)) {
    case GO_WRONG: return -1;
    case HALF: real(file, bytes, count / 2); return after_half();
    case GO_ON: break;
  }
  return real(file, bytes, count);
}

#define PWRITE(function)                                                    \
  ssize_t function(int file, const void *bytes, size_t count, off_t at) {   \
    REAL(ssize_t, #function, int, const void *, size_t, off_t);             \
    switch (judge_descriptor("pwrite", file, true)) {                       \
      case GO_WRONG: return -1;                                             \
      case HALF: real(file, bytes, count / 2, at); return after_half();     \
      case GO_ON: break;                                                    \
    }                                                                       \
    return real(file, bytes, count, at);                                    \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

// Half of the vectors; of a single one, half of its bytes.
static void write_half(int file, const struct iovec *parts, int count, off_t at) {
  struct iovec part;
  for (int i = 0; i < (count + 1) / 2; i++) {
    part = parts[i];
    if (count == 1) part.iov_len /= 2;
    ssize_t written = at < 0 ? syscall(SYS_write, file, part.iov_base, part.iov_len)
                             : syscall(SYS_pwrite64, file, part.iov_base, part.iov_len, at);
    if (written < 0) return;
    if (at >= 0) at += written;
  }
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  switch (judge_descriptor("writev", file, true)) {
    case GO_WRONG: return -1;
    case HALF: write_half(file, parts, count, -1); return after_half();
    case GO_ON: break;
  }
  return real(file, parts, count);
}

#define PWRITEV(function)                                                         \
  ssize_t function(int file, const struct iovec *parts, int count, off_t at) {    \
    REAL(ssize_t, #function, int, const struct iovec *, int, off_t);              \
    switch (judge_descriptor("pwritev", file, true)) {                            \
      case GO_WRONG: return -1;                                                   \
      case HALF: write_half(file, parts, count, at); return after_half();         \
      case GO_ON: break;                                                          \
    }                                                                             \
    return real(file, parts, count, at);                                          \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

int fsync(int file) {
  if (judge_descriptor("fsync", file, false) == GO_WRONG) return -1;
  REAL(int, "fsync", int);
  return real(file);
}

int fdatasync(int file) {
  if (judge_descriptor("fdatasync", file, false) == GO_WRONG) return -1;
  REAL(int, "fdatasync", int);
  return real(file);
}

#define FTRUNCATE(function)                                               \
  int function(int file, off_t size) {                                    \
    if (judge_descriptor("ftruncate", file, false) == GO_WRONG) return -1; \
    REAL(int, #function, int, off_t);                                     \
    return real(file, size);                                              \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

// These return the error instead of setting errno.
#define FALLOCATE(function)                                                         \
  int function(int file, off_t at, off_t size) {                                    \
    if (judge_descriptor("fallocate", file, false) == GO_WRONG) return plan.error;  \
    REAL(int, #function, int, off_t, off_t);                                        \
    return real(file, at, size);                                                    \
  }
FALLOCATE(posix_fallocate)
FALLOCATE(posix_fallocate64)

int rename(const char *from, const char *to) {
  if (judge("rename", from, false) == GO_WRONG) return -1;
  REAL(int, "rename", const char *, const char *);
  return real(from, to);
}

int unlink(const char *name) {
  if (judge("unlink", name, false) == GO_WRONG) return -1;
  REAL(int, "unlink", const char *);
  return real(name);
}

int mkdir(const char *name, mode_t mode) {
  if (judge("mkdir", name, false) == GO_WRONG) return -1;
  REAL(int, "mkdir", const char *, mode_t);
  return real(name, mode);
}

#define FCNTL(function)                                                      \
  int function(int file, int command, ...) {                                 \
    va_list list;                                                            \
    va_start(list, command);                                                 \
    void *argument = va_arg(list, void *);                                   \
    va_end(list);                                                            \
    bool locks = (command == F_SETLK || command == F_SETLKW ||               \
                  command == F_OFD_SETLK || command == F_OFD_SETLKW) &&      \
                 ((struct flock *)argument)->l_type != F_UNLCK;              \
    if (locks && judge_descriptor("lock", file, false) == GO_WRONG) {        \
      if (!plan.error_is_set) errno = EAGAIN;                                \
      return -1;                                                             \
    }                                                                        \
    REAL(int, #function, int, int, ...);                                     \
    return real(file, command, argument);                                    \
  }
FCNTL(fcntl)
FCNTL(fcntl64)

#define MMAP(function)                                                                 \
  void *function(void *at, size_t bytes, int guard, int flags, int file, off_t from) { \
    if (file >= 0 && judge_descriptor("mmap", file, false) == GO_WRONG)                \
      return MAP_FAILED;                                                               \
    REAL(void *, #function, void *, size_t, int, int, int, off_t);                     \
    return real(at, bytes, guard, flags, file, from);                                  \
  }
MMAP(mmap)
MMAP(mmap64)

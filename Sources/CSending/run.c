#define _GNU_SOURCE
#include "CSending.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now_milliseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int spawn(const char *path, const char *const *arguments, const char *const *environment,
                 int input, int output, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t signals;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addchdir_np(&actions, "/");
  posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_adddup2(&actions, output, 2);
  // What we ignore or handle is the program's own affair again.
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigaddset(&signals, SIGPIPE);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  const int error = posix_spawn(
      process, path, &actions, &attributes, (char *const *)arguments, (char *const *)environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

static void close_end(int *end) {
  if (*end >= 0) close(*end);
  *end = -1;
}

// Gives the program what it has not read yet, and takes what it has printed.
static void exchange(int *input, int *output, const char *text, size_t length, size_t *sent,
                     char *kept, size_t room, size_t *filled, int wait) {
  struct pollfd ends[2] = {{*input, POLLOUT, 0}, {*output, POLLIN, 0}};
  if (poll(ends, 2, wait) <= 0) return;
  if (ends[0].revents) {
    const ssize_t count = write(*input, text + *sent, length - *sent);
    if (count > 0) *sent += (size_t)count;
    if ((count < 0 && errno != EAGAIN && errno != EINTR) || *sent == length) close_end(input);
  }
  if (ends[1].revents) {
    char chunk[4096];
    const ssize_t count = read(*output, chunk, sizeof chunk);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) close_end(output);
    for (ssize_t index = 0; index < count && *filled < room; index++)
      kept[(*filled)++] = chunk[index] ? chunk[index] : ' ';
  }
}

static int run(const char *path, const char *const *arguments, const char *const *environment,
               const char *input, size_t length, long milliseconds, long grace_milliseconds,
               struct tidemark_ending *ending) {
  memset(ending, 0, sizeof *ending);
  int to[2], from[2];
  if (pipe2(to, O_CLOEXEC) != 0) return errno;
  if (pipe2(from, O_CLOEXEC) != 0) {
    const int error = errno;
    close(to[0]);
    close(to[1]);
    return error;
  }
  pid_t process = 0;
  const int error = spawn(path, arguments, environment, to[0], from[1], &process);
  close(to[0]);
  close(from[1]);
  int input_end = to[1], output_end = from[0];
  if (error != 0) {
    close(input_end);
    close(output_end);
    return error;
  }
  fcntl(input_end, F_SETFL, O_NONBLOCK);
  fcntl(output_end, F_SETFL, O_NONBLOCK);
  if (length == 0) close_end(&input_end);
  size_t sent = 0, filled = 0;
  int status = 0;
  long deadline = now_milliseconds() + milliseconds;
  int signal_number = SIGTERM;
  while (waitpid(process, &status, WNOHANG) == 0) {
    exchange(&input_end, &output_end, input, length, &sent, ending->output,
             sizeof ending->output - 1, &filled, 20);
    if (now_milliseconds() < deadline) continue;
    ending->was_slow = 1;
    kill(-process, signal_number);
    signal_number = SIGKILL;
    deadline = now_milliseconds() + grace_milliseconds;
  }
  // What it had printed before it ended is still in the pipe.
  for (int round = 0; round < 16 && output_end >= 0; round++)
    exchange(&input_end, &output_end, input, length, &sent, ending->output,
             sizeof ending->output - 1, &filled, 0);
  close_end(&input_end);
  close_end(&output_end);
  ending->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return 0;
}

int tidemark_run(const char *path, const char *const *arguments, const char *const *environment,
                 const char *input, size_t length, long milliseconds, long grace_milliseconds,
                 struct tidemark_ending *ending) {
  // A program that does not read its input must not end us: the signal of this thread is taken back.
  sigset_t pipe_signal, before, pending;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  const int was_pending = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const int error = run(path, arguments, environment, input, length, milliseconds,
                        grace_milliseconds, ending);
  const struct timespec no_time = {0, 0};
  if (!was_pending) sigtimedwait(&pipe_signal, NULL, &no_time);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return error;
}

int tidemark_notify(const char *path, const char *text, size_t length) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const size_t count = strlen(path);
  if (count == 0 || count >= sizeof address.sun_path) return ENAMETOOLONG;
  memcpy(address.sun_path, path, count);
  if (path[0] == '@') address.sun_path[0] = 0;
  const int number = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (number < 0) return errno;
  const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + count);
  const ssize_t sent =
      sendto(number, text, length, MSG_NOSIGNAL, (const struct sockaddr *)&address, size);
  const int error = sent < 0 ? errno : 0;
  close(number);
  return error;
}

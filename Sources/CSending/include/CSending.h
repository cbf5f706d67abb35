// What sends messages out of the process: HTTP by the system's libcurl, programs, systemd's socket.
#ifndef TIDEMARK_SENDING_H
#define TIDEMARK_SENDING_H

#include <stddef.h>

/// What a server answered.
struct tidemark_answer {
  long status;
  /// The header Retry-After, closed by a zero; empty if there is none.
  char retry_after[64];
  /// The first bytes of the body, closed by a zero.
  char body[512];
  /// Why there is no answer, in words without the address; empty if there is one.
  char failure[160];
};

/// Posts `body`. No redirect is followed, and the certificate is verified. Nought when the server
/// answered, 1 when it did not, 2 when the machine has no libcurl.
int tidemark_post(const char *address, const char *const *headers, size_t header_count,
                  const char *body, size_t length, long connect_milliseconds, long milliseconds,
                  long answer_bytes, struct tidemark_answer *answer);

/// What became of a program.
struct tidemark_ending {
  /// The exit status, or 128 and the number of the signal that ended it.
  int status;
  /// It had to be ended because its time was over.
  int was_slow;
  /// What it printed on both outputs, closed by a zero.
  char output[4096];
};

/// Starts `path` without a shell in `/` and a process group of its own, with `input` on its standard
/// input, and waits for its end. `arguments` begins with the program's name; both lists end with a
/// null. Nought, or the error number when it could not be started.
int tidemark_run(const char *path, const char *const *arguments, const char *const *environment,
                 const char *input, size_t length, long milliseconds, long grace_milliseconds,
                 struct tidemark_ending *ending);

/// Sends `text` to the datagram socket at `path`; a leading `@` stands for an abstract name. Nought,
/// or the error number.
int tidemark_notify(const char *path, const char *text, size_t length);

#endif

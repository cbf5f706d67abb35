import Synchronization
import Watching

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SIGINT and SIGTERM ask for the verdict so far; a second one ends the program at once.
enum StopSignals {
  private static let received = Atomic<Int32>(0)

  /// Installs the handlers.
  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        // A handler may do little more than store a number.
        let before = StopSignals.received.exchange(number, ordering: .relaxed)
        if before != 0 { _exit(128 + number) }
      }
    }
    ignoreBrokenPipes()
  }

  /// For commands that an interrupt may simply end: a closed pipe is seen where it is written.
  static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  static var request: StopRequest? {
    switch received.load(ordering: .relaxed) {
    case SIGINT: .interrupt
    case SIGTERM: .terminate
    default: nil
    }
  }
}

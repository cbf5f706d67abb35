import Bytes

/// What is known of the program's standard input before it is read.
package enum StandardInput {
  /// Whether it can serve as the input when none was named: a pipe, a socket or a file. Never a
  /// terminal, `/dev/null` or a closed one, as under cron.
  package static var isOffered: Bool {
    guard let status = try? FileDescriptor(duplicating: 0).status() else { return false }
    return switch status.kind {
    case .regular, .fifo, .socket: true
    case .directory, .characterDevice, .other: false
    }
  }
}

/// What systemd is told by the socket of `$NOTIFY_SOCKET`.
package enum ServiceNotification: Sendable, Hashable {
  case ready(status: String)
  case status(String)
  case watchdog
  case stopping

  /// The datagram.
  package var text: String {
    switch self {
    case .ready(let status): "READY=1\nSTATUS=\(SinkText.oneLine(status, limit: 200))\n"
    case .status(let status): "STATUS=\(SinkText.oneLine(status, limit: 200))\n"
    case .watchdog: "WATCHDOG=1\n"
    case .stopping: "STOPPING=1\n"
    }
  }
}

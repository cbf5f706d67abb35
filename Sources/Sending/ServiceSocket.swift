package import Alerts
import CSending

/// The socket on which systemd hears from a service; without one nothing is sent.
package struct ServiceSocket: Sendable {
  let path: String?
  /// Nanoseconds between two signs of life; nil if systemd asks for none.
  package let watchdogNanoseconds: Int64?

  /// As `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` say.
  package init(environment: [String: String], process: Int32) {
    path = environment["NOTIFY_SOCKET"].flatMap {
      $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil
    }
    let isMeant = environment["WATCHDOG_PID"].map { $0 == String(process) } ?? true
    let micros = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
    watchdogNanoseconds = isMeant && micros > 0 && path != nil ? micros * 500 : nil
  }

  /// Tells systemd; that nobody listens is no reason to stop.
  package func tell(_ notification: ServiceNotification) {
    guard let path else { return }
    let text = notification.text
    // SAFETY: both strings live for the call.
    _ = unsafe tidemark_notify(path, text, text.utf8.count)
  }
}

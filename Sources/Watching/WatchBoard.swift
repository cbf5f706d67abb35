import Alerts
import Foundation
import Records
package import Reports
package import Sending
import Synchronization

/// What others see of a running watch: metrics for scrapers, a file for the node exporter, signs of life
/// for systemd and for health checks.
package final class WatchBoard: Sendable {
  private struct State {
    var families: [MetricFamily] = []
    /// When the loop last went round, in nanoseconds since 1970.
    var beaten: Int64 = 0
    var written: Int64 = 0
    var watched: Int64 = 0
    var isReady = false
    var hasFailed = false
  }

  private let path: String?
  private let service: ServiceSocket
  private let warn: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// `path` is that of the file; nil for none.
  package init(
    path: String?, service: ServiceSocket, warn: @escaping @Sendable (String) -> Void
  ) {
    self.path = path
    self.service = service
    self.warn = warn
  }

  /// Called by the loop that makes progress, each time it goes round.
  func beat(_ now: Int64) {
    let (isFirst, isWatchdog) = state.withLock { state -> (Bool, Bool) in
      state.beaten = now
      let isFirst = !state.isReady
      state.isReady = true
      guard let pause = service.watchdogNanoseconds, now - state.watched >= pause else {
        return (isFirst, false)
      }
      state.watched = now
      return (isFirst, true)
    }
    if isFirst { service.tell(.ready(status: "watching")) }
    if isWatchdog { service.tell(.watchdog) }
  }

  /// Whether a publication is due: once a second is as often as anybody looks.
  func isDue(_ now: Int64) -> Bool {
    state.withLock { now - $0.written >= Limits.metricsNanoseconds }
  }

  /// Takes new numbers and writes the file.
  func publish(_ families: [MetricFamily], _ now: Int64) {
    state.withLock {
      $0.families = families
      $0.written = now
    }
    guard let path else { return }
    let text = MetricsText.render(families, .prometheus)
    do {
      // Written beside it and renamed: a reader sees the old or the new, never a part.
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      state.withLock { $0.hasFailed = false }
    } catch {
      let isNew = state.withLock { state -> Bool in
        defer { state.hasFailed = true }
        return !state.hasFailed
      }
      if isNew {
        warn(
          "--metrics \(path): cannot be written (\(error.localizedDescription)); it is tried again")
      }
    }
  }

  func end() { service.tell(.stopping) }

  /// The numbers as text.
  package func text(_ format: MetricsText.Format) -> String {
    MetricsText.render(state.withLock { $0.families }, format)
  }

  /// Whether the loop went round lately; `now` is in nanoseconds since 1970.
  package func isHealthy(_ now: Int64) -> Bool {
    state.withLock { $0.isReady && now - $0.beaten < Limits.healthNanoseconds }
  }
}

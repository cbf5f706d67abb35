import ArgumentParser
import Foundation
import Records
import Reports
import Sending
import Serving
import Watching

/// `--metrics` and `--serve`: how others see that a watch is going on and what it has counted.
struct BoardArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write metrics to this file for the node exporter's text-file collector.",
      discussion: "It is replaced as a whole after a window, at most once a second.",
      valueName: "file"))
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "Answer GET /metrics (Prometheus or OpenMetrics) and GET /healthz here.",
      discussion: "Example: 127.0.0.1:9900. There is no password: leave it on the loopback.",
      valueName: "address:port"))
  var serve: String?

  /// What shows the watch to others; nil if nobody looks.
  func board(_ surroundings: Surroundings) throws -> WatchBoard? {
    let environment = ProcessInfo.processInfo.environment
    guard metrics != nil || serve != nil || environment["NOTIFY_SOCKET"] != nil else { return nil }
    let board = WatchBoard(
      path: metrics,
      service: ServiceSocket(
        environment: environment, process: ProcessInfo.processInfo.processIdentifier),
      warn: surroundings.warn)
    if let serve { try start(serve, board, surroundings) }
    return board
  }

  private func start(
    _ address: String, _ board: WatchBoard, _ surroundings: Surroundings
  ) throws {
    let server: StatusServer
    do {
      server = try StatusServer(address: address) { request in
        switch request.path {
        case "/metrics":
          let format = MetricsText.Format(accept: request.accept)
          return .init(
            status: 200, contentType: format.contentType, body: board.text(format))
        case "/healthz":
          return board.isHealthy(surroundings.now().nanoseconds)
            ? .init(status: 200, body: "ok\n")
            : .init(status: 503, body: "the watch makes no progress\n")
        default:
          return .init(status: 404, body: "expected /metrics or /healthz\n")
        }
      }
    } catch {
      throw Mistake(String(describing: error))
    }
    Thread.detachNewThread { server.run() }
    surroundings.warn("listening on \(address), port \(server.port)")
  }
}

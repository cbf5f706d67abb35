extension DemoService {
  /// The lines of the release itself: each process stops and starts again, and with it its
  /// connections to the database. What nginx says meanwhile comes with the requests.
  mutating func addRestart() {
    for instance in instances {
      stop(instance)
      start(instance)
    }
  }

  private mutating func stop(_ instance: Instance) {
    let begin = instance.down.lowerBound
    let messages: [(Int64, String)] = [
      (-120_000, "Shutting down"),
      (20_000, "Waiting for application shutdown."),
      (160_000, "Application shutdown complete."),
      (161_000, "Finished server process [\(instance.pids.old)]"),
    ]
    for (offset, message) in messages { addAppMessage("INFO", message, at: begin + offset) }
    for (place, backend) in instance.backends.old.enumerated() {
      let host = instance.address.dropLast(5)
      addPostgresSession(
        "disconnection: session time: 21:14:0\(place).118 user=shop database=shop "
          + "host=\(host) port=\(51_230 + backend % 100)",
        backend: backend, at: begin + 40_000 + Int64(place) * 3_000)
    }
  }

  private mutating func start(_ instance: Instance) {
    let ready = instance.down.upperBound
    let messages: [(Int64, String)] = [
      (-1_900_000, "Started server process [\(instance.pids.new)]"),
      (-1_899_000, "Waiting for application startup."),
      (-4_000, "Application startup complete."),
      (-1_000, "Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)"),
    ]
    for (offset, message) in messages { addAppMessage("INFO", message, at: ready + offset) }
    for (place, backend) in instance.backends.new.enumerated() {
      let time = ready - 300_000 + Int64(place) * 9_000
      let host = instance.address.dropLast(5)
      addPostgresSession(
        "connection received: host=\(host) port=\(40_010 + backend % 100)", backend: backend,
        client: "[unknown]@[unknown]", at: time)
      addPostgresSession(
        "connection authorized: user=shop database=shop", backend: backend, at: time + 4_000)
    }
  }
}

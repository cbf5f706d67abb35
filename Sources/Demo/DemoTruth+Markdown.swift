extension DemoTruth {
  /// The release moment as ISO 8601 in UTC.
  package var releaseTime: String { Self.iso(options.release) }

  /// The text of `CONTENTS.md`.
  func markdown(pieces: Int) -> String {
    let older = pieces == 0 ? "" : " Older than the release: `NAME.1` to `NAME.\(pieces)`."
    return
      """
      # What these logs hold

      A small online shop wrote them, in a program: nginx in front, two uvicorn processes with a
      FastAPI application behind it, PostgreSQL below. Nobody's data is in them; the addresses are
      those reserved for documentation. Every time is UTC. The same options give the same bytes.

      From \(Self.iso(options.span.lowerBound)) to \(Self.iso(options.span.upperBound)), released at
      **\(releaseTime)**.\(older)

          tidemark watch --no-follow --timezone UTC --at \(releaseTime) \\
            nginx-access.log nginx-error.log app.log postgres.log

      | what | before | from the release on |
      | --- | ---: | ---: |
      \(rows)

      `of them in the restart` are 502 that nginx answered while both processes were down. A request
      that reaches the application is in the access log and in `app.log`. The missing column is
      `discount_code` of `orders`; each such request leaves one ERROR in `postgres.log`, one
      traceback and one 500 in `app.log`, and one 500 in the access log. A chained traceback is one.
      Requests that were not answered by the end of the log have no lines for the rest of their way.

      | option | value |
      | --- | ---: |
      \(optionRows)

      """
  }

  private var rows: String {
    var rows: [(String, Int, Int)] = DemoFile.allCases.map {
      ("lines of `\($0.name)`", before.lines(of: $0), after.lines(of: $0))
    }
    let counts: [(String, KeyPath<DemoCounts, Int>)] = [
      ("requests in `nginx-access.log`", \.nginxRequests),
      ("5xx in `nginx-access.log`", \.nginxServerErrors),
      ("of them in the restart", \.restartServerErrors),
      ("`[error]` lines in `nginx-error.log`", \.nginxErrors),
      ("requests in `app.log`", \.appRequests),
      ("5xx in `app.log`", \.appServerErrors),
      ("tracebacks in `app.log`", \.tracebacks),
      ("of them about the missing column", \.newTracebacks),
      ("ERROR in `postgres.log`", \.postgresErrors),
      ("of them about the missing column", \.newPostgresErrors),
    ]
    rows += counts.map { ($0.0, before[keyPath: $0.1], after[keyPath: $0.1]) }
    return rows.map { "| \($0.0) | \($0.1) | \($0.2) |" }.joined(separator: "\n")
  }

  private var optionRows: String {
    [
      ("seed", "\(options.seed)"),
      ("release, seconds since 1970", "\(options.release)"),
      ("seconds before the release", "\(options.before)"),
      ("seconds after the release", "\(options.after)"),
      ("requests per second", "\(options.requestsPerSecond)"),
      ("share of failing requests", "\(options.errorShare)"),
      ("multiple of it in the new version", "\(options.factor)"),
      ("share of `POST /api/orders` with the missing column", "\(options.newErrorShare)"),
      ("multiple of the times in the new version", "\(options.slowFactor)"),
      ("multiple of the cache hit share from the release on", "\(options.cacheHitFactor)"),
      ("height of the daily wave", "\(options.dailyWave)"),
      ("error bursts an hour", "\(options.burstsPerHour)"),
      ("multiple of the failing share in a burst", "\(options.burstFactor)"),
      ("restart at the release", options.restart ? "yes" : "no"),
    ].map { "| \($0.0) | \($0.1) |" }.joined(separator: "\n")
  }

  private static func iso(_ seconds: Int) -> String {
    let time = CivilTime(seconds: seconds)
    let numbers = [time.month, time.day, time.hour, time.minute, time.second].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }
    return "\(time.year)-\(numbers[0])-\(numbers[1])T\(numbers[2]):\(numbers[3]):\(numbers[4])Z"
  }
}

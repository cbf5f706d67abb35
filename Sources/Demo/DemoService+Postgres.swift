extension DemoService {
  /// `log_min_duration_statement = 0`: every statement is logged with its duration.
  mutating func addStatement(_ sql: String, duration: Int64, backend: Int, at time: Int64) {
    var text = LineText()
    appendPostgresHead("LOG", backend: backend, client: "shop@shop", at: time, to: &text)
    text.append("duration: ")
    text.append(thousandths: duration)
    text.append(" ms  execute <unnamed>: \(sql)\n")
    add(.postgres, at: time, text)
  }

  /// One part of what PostgreSQL says about a refused statement.
  mutating func addPostgres(
    _ severity: String, _ message: String, _ request: Request, at time: Int64, marks: Marks
  ) {
    var text = LineText()
    appendPostgresHead(
      severity, backend: request.blanks.backend, client: "shop@shop", at: time, to: &text)
    text.append(request.blanks.filled(message))
    text.append("\n")
    add(.postgres, at: time, text, marks: marks)
  }

  /// What a backend logs at its start and end; nobody has logged in at the start.
  mutating func addPostgresSession(
    _ message: String, backend: Int, client: String = "shop@shop", at time: Int64
  ) {
    var text = LineText()
    appendPostgresHead("LOG", backend: backend, client: client, at: time, to: &text)
    text.append("\(message)\n")
    add(.postgres, at: time, text)
  }

  /// The checkpointer's two lines, every five minutes.
  mutating func addCheckpoint(at time: Int64) {
    let buffers = random.integer(in: 60..<900)
    let seconds = Int64(random.integer(in: 6_000..<60_000))
    addPostgresSession("checkpoint starting: time", backend: 771, client: "@", at: time)
    var message = LineText()
    appendPostgresHead("LOG", backend: 771, client: "@", at: time + seconds * 1_000, to: &message)
    message.append("checkpoint complete: wrote \(buffers) buffers (0.\(buffers % 9 + 1)%); ")
    message.append("0 WAL file(s) added, 0 removed, 1 recycled; write=")
    message.append(thousandths: seconds - 40)
    message.append(" s, sync=0.021 s, total=")
    message.append(thousandths: seconds)
    message.append(" s; sync files=\(buffers % 40 + 5), longest=0.009 s, average=0.001 s; ")
    message.append("distance=\(buffers * 8) kB, estimate=\(buffers * 9) kB\n")
    add(.postgres, at: time + seconds * 1_000, message)
  }

  /// `log_line_prefix = '%m [%p] %u@%d '`, in UTC.
  private func appendPostgresHead(
    _ severity: String, backend: Int, client: String, at time: Int64, to text: inout LineText
  ) {
    text.append(dashedTime: time)
    text.append(" UTC [\(backend)] \(client) \(severity):  ")
  }
}

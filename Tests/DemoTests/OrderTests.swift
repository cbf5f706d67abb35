import Demo
import Testing

@Suite("The demo's lines come in time order")
struct OrderTests {
  @Test("time never goes back, within the files and over all of them", arguments: [1, 2, 3])
  func order(seed: UInt64) {
    var options = DemoOptions.small
    options.seed = seed
    options.burstsPerHour = 60
    options.dailyWave = 0.5
    var service = DemoService(options: options)
    var last: Int64 = 0
    while let line = service.next() {
      #expect(line.timeMicroseconds >= last)
      last = line.timeMicroseconds
    }
    #expect(last >= Int64(options.release + options.after - 5) * 1_000_000)
  }

  @Test("the times in the lines never go back within a file")
  func writtenOrder() {
    let log = DemoLog.small
    for (file, start, length) in [
      (DemoFile.nginxError, 0, 19), (.app, 0, 23), (.postgres, 0, 23),
    ] {
      let stamps = log.texts(file).filter { $0.hasPrefix("2026") }
        .map { $0.dropFirst(start).prefix(length) }
      #expect(!stamps.isEmpty)
      #expect(zip(stamps, stamps.dropFirst()).allSatisfy { $0 <= $1 })
    }
    // All on one day, so the clock alone decides.
    let clocks = log.texts(.nginxAccess).map { $0.split(separator: ":")[1...3].joined() }
    #expect(zip(clocks, clocks.dropFirst()).allSatisfy { $0.prefix(6) <= $1.prefix(6) })
  }

  @Test("every line lies in the asked span, and the written time is the line's time")
  func span() {
    let options = DemoOptions.small
    let log = DemoLog.small
    let span = Int64(options.release - 200) * 1_000_000..<Int64(options.release + 200) * 1_000_000
    for line in log.lines.values.joined() { #expect(span.contains(line.time)) }
    for line in log.lines[.postgres, default: []] where line.text.hasPrefix("2026-11-22 ") {
      let seconds = Int(line.time / 1_000_000) % 86_400
      let clock = line.text.dropFirst(11).prefix(12).split { $0 == ":" || $0 == "." }
      let written = clock.compactMap { Int($0) }
      #expect(written[0] * 3_600 + written[1] * 60 + written[2] == seconds)
      #expect(written[3] == Int(line.time / 1_000 % 1_000))
    }
  }

  @Test("leap days and the turn of the year are written right")
  func calendar() {
    let expected = [
      (951_782_400, "2000-02-29 00:00:00"), (1_709_164_799, "2024-02-28 23:59:59"),
      (1_709_164_800, "2024-02-29 00:00:00"), (1_798_761_599, "2026-12-31 23:59:59"),
      (4_107_542_400, "2100-03-01 00:00:00"),
    ]
    for (seconds, text) in expected {
      let options = DemoOptions(release: seconds, before: 0, after: 1, requestsPerSecond: 200)
      let times = DemoLog(options).texts(.postgres).map { $0.prefix(19) }
      #expect(times.contains(Substring(text)))
      #expect(Set(times) == [Substring(text)])
    }
  }
}

import Following
import Testing

@Suite("A rotated file's name")
struct SiblingNameTests {
  @Test(
    "says whose past it is",
    arguments: [
      "app.log.1", "app.log.12", "app.log.1.gz", "app.log.2.zst", "app.log.3.xz", "app.log.4.bz2",
      "app.log-20261122", "app.log-20261122.gz", "app.log-2026-11-22", "app.log-2026112214",
      "app.log.2026-11-22", "app.log.2026-11-22_14", "app.log.20261122", "app.log.2026.11.22",
      "app.log-20261122-1430.gz", "app.log.2026-11-22T14:03:00", "app-20261122.log",
      "app-2026-11-22.log", "app-2026-11-22.log.gz", "app.1.log", "app.12.log.gz",
      "app.20261122.log",
    ])
  func isSibling(name: String) {
    #expect(SiblingName.readings(of: name).contains { $0.base == "app.log" }, "\(name)")
  }

  @Test(
    "is nobody's past with any other ending",
    arguments: [
      "app.log", "app.log.gz", "app.log.zst", "app.log.bak", "app.log.old", "app.log~",
      "app.log.1.bak",
      "app.log-1", "app.log.", "app.log-", "app-1.log", "app.log.1a", "other.log.1", "app.log1",
      "app.log-202611", "app.log-202611221403001", "app.log--20261122", "app.log.-20261122",
      "app.log-2026--11-22", "app.log-20261122-", "app.log.1.tar", "xapp.log.1", ".1",
      "app.log.1.gz.gz",
      "app..log", "app.old.log",
    ])
  func isNoSibling(name: String) {
    #expect(!SiblingName.readings(of: name).contains { $0.base == "app.log" }, "\(name)")
  }

  @Test(
    "of a file without an extension has its number or date behind it",
    arguments: [
      "syslog.1", "syslog.2.gz", "syslog-20261122", "syslog.2026-11-22",
    ])
  func withoutExtension(name: String) {
    #expect(SiblingName.readings(of: name).contains { $0.base == "syslog" })
  }

  @Test("with a number too long for any counter is no trap")
  func hugeNumber() {
    let name = "app.log." + String(repeating: "9", count: 40)
    #expect(SiblingName.readings(of: name).isEmpty)
  }

  @Test("says how old it is: counters down, dates up")
  func age() {
    typealias Age = SiblingName.Age
    let sorted: [Age] = [
      .date("20261121"), .date("2026112113"), .date("20261122"), .number(10), .number(2),
      .number(1),
    ]
    #expect(sorted.shuffled().sorted() == sorted)
  }
}

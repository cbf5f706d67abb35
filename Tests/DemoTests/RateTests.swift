import Demo
import Testing

@Suite("The demo's rates are what the options say")
struct RateTests {
  /// Enough requests that four standard deviations are a small part of them.
  static func options(_ change: (inout DemoOptions) -> Void = { _ in }) -> DemoOptions {
    var options = DemoOptions(
      before: 300, after: 330, requestsPerSecond: 20, errorShare: 0.03)
    change(&options)
    return options
  }

  @Test("a release that changes nothing has the same rates before and after", arguments: 1...3)
  func unchanged(seed: Int) {
    let requests = DemoLog(Self.options { $0.seed = UInt64(seed) }).settledRequests
    expectSame(requests.before.count, requests.after.count)
    for kind: (DemoRequest) -> Bool in [
      \.isServerError, { $0.status == 404 }, { $0.fields["cs"] == "HIT" },
      { $0.request.hasPrefix("POST") }, { Double($0.fields["rt"] ?? "") ?? 0 > 0.05 },
    ] {
      let before = requests.before.count(where: kind)
      #expect(before > 50)
      expectSame(before, requests.after.count(where: kind))
    }
    let asked = 20.0 * 300 * 0.03
    #expect(
      abs(Double(requests.before.count(where: \.isServerError)) - asked) < 4 * asked.squareRoot())
  }

  @Test("the error factor multiplies the share of failing requests")
  func factor() {
    let requests = DemoLog(Self.options { $0.factor = 5 }).settledRequests
    let before = Double(requests.before.count(where: \.isServerError))
    let after = Double(requests.after.count(where: \.isServerError))
    #expect(after > 3.5 * before && after < 7 * before)
  }

  @Test("the missing column fails its share of the orders, and only after the release")
  func newError() {
    let log = DemoLog(Self.options { $0.newErrorShare = 0.5 })
    let orders = log.settledRequests.after.filter { $0.request.hasPrefix("POST /api/orders ") }
    let failed = Double(orders.count(where: { $0.status == 500 }))
    #expect(abs(failed / Double(orders.count) - 0.5) < 0.12)
    #expect(log.truth.before.newPostgresErrors == 0)
    #expect(log.truth.after.newPostgresErrors > 100)
  }

  @Test("a slower version is slower, and only in what the application does")
  func slow() {
    let requests = DemoLog(Self.options { $0.slowFactor = 3 }).settledRequests
    let share = { (list: [DemoRequest]) in
      Double(list.count { Double($0.fields["rt"] ?? "") ?? 0 > 0.05 }) / Double(list.count)
    }
    #expect(share(requests.after) > 1.5 * share(requests.before))
    let cached = requests.after.filter { $0.fields["cs"] == "HIT" }
    #expect(cached.allSatisfy { $0.fields["rt"] == "0.000" })
  }

  @Test("the cache factor lowers the share of hits")
  func cache() {
    let requests = DemoLog(Self.options { $0.cacheHitFactor = 0.5 }).settledRequests
    let share = { (list: [DemoRequest]) in
      let cached = list.filter { $0.fields["cs"] != "-" }
      return Double(cached.count { $0.fields["cs"] == "HIT" }) / Double(cached.count)
    }
    #expect(abs(share(requests.before) - 0.8) < 0.05)
    #expect(abs(share(requests.after) - 0.4) < 0.05)
  }

  @Test("a good release brings no failure that was not there before")
  func nothingNew() {
    var options = DemoOptions.goodRelease
    options.before = 900
    options.errorShare = 0.02
    var service = DemoService(options: options)
    var (before, after): (Set<String>, Set<String>) = ([], [])
    while let line = service.next() {
      guard line.file == .app || line.file == .postgres else { continue }
      let text = String(decoding: line.bytes, as: UTF8.self)
      guard text.contains(" ERROR:  ") || text.first?.isLetter == true else { continue }
      // The words without the numbers are the kind.
      let kind = String(text.filter { !$0.isNumber })
      if Int(line.timeMicroseconds / 1_000_000) < options.release {
        before.insert(kind)
      } else {
        after.insert(kind)
      }
    }
    #expect(before.count > 10)
    #expect(after.subtracting(before).isEmpty)
  }

  @Test("bursts make the errors of a quiet service uneven")
  func bursts() {
    let even = unevenness(
      Self.options {
        $0.before = 1_200
        $0.after = 0
      })
    let bursty = unevenness(
      Self.options {
        $0.before = 1_200
        $0.after = 0
        $0.burstsPerHour = 15
        $0.burstFactor = 10
      })
    #expect(even < 2)
    #expect(bursty > 3)
  }

  @Test("the daily wave lowers the traffic of the night")
  func wave() {
    let night = DemoOptions(
      release: 1_795_316_400, before: 600, after: 0, dailyWave: 0.8)  // 03:00 UTC
    let day = DemoOptions(release: 1_795_359_600, before: 600, after: 0, dailyWave: 0.8)  // 15:00
    let (low, high) = (
      DemoLog(night).texts(.nginxAccess).count, DemoLog(day).texts(.nginxAccess).count
    )
    #expect(high > 6 * low)
  }

  @Test("options that no log can be made from stop the program")
  func outOfRange() async {
    await #expect(processExitsWith: .failure) {
      _ = DemoService(options: DemoOptions(requestsPerSecond: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = DemoService(options: DemoOptions(errorShare: 1.5))
    }
    await #expect(processExitsWith: .failure) {
      _ = DemoService(options: DemoOptions(after: -1))
    }
  }

  /// Variance of the errors per 20 s over their mean; 1 for a Poisson process.
  private func unevenness(_ options: DemoOptions) -> Double {
    var counts = Array(repeating: 0.0, count: options.before / 20)
    for (time, text) in DemoLog(options).lines[.nginxAccess, default: []]
    where DemoRequest(text).isServerError {
      counts[(Int(time / 1_000_000) - options.release + options.before) / 20] += 1
    }
    let mean = counts.reduce(0, +) / Double(counts.count)
    let squares = counts.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return squares / Double(counts.count - 1) / mean
  }

  /// Two Poisson counts over the same exposure differ by at most four standard deviations.
  private func expectSame(_ before: Int, _ after: Int) {
    let deviation = Double(before + after).squareRoot()
    #expect(abs(Double(before - after)) <= 4 * deviation, "\(before) before, \(after) after")
  }
}

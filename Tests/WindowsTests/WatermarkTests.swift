import Records
import Testing
import Windows

@Suite("Watermark")
struct WatermarkTests {
  static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  static func fresh() -> Watermark {
    Watermark(latenessNanoseconds: 10_000_000_000, idleNanoseconds: 20_000_000_000)
  }

  @Test("the slowest input holds it back")
  func slowest() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, newest: Self.at(1_000), oldest: Self.at(1_000), now: Self.at(1_000)))
    mark.on(.record(input: 1, newest: Self.at(950), oldest: Self.at(950), now: Self.at(1_001)))
    #expect(mark.on(.tick(now: Self.at(1_001), isDrained: false)) == Self.at(940))
  }

  @Test("an input that has been idle for a while is left out")
  func idle() {
    var mark = Self.fresh()
    mark.on(.record(input: 1, newest: Self.at(950), oldest: Self.at(950), now: Self.at(1_000)))
    mark.on(.record(input: 0, newest: Self.at(1_020), oldest: Self.at(1_020), now: Self.at(1_020)))
    #expect(mark.on(.tick(now: Self.at(1_020), isDrained: false)) == Self.at(1_010))
  }

  @Test("when all are silent the clock carries it on, so that silence is judged")
  func silence() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, newest: Self.at(1_000), oldest: Self.at(1_000), now: Self.at(1_000)))
    #expect(mark.on(.tick(now: Self.at(1_100), isDrained: false)) == Self.at(1_090))
  }

  @Test("a replay of old events does not jump to today")
  func replay() {
    var mark = Self.fresh()
    mark.on(
      .record(input: 0, newest: Self.at(1_000), oldest: Self.at(1_000), now: Self.at(900_000)))
    #expect(mark.on(.tick(now: Self.at(900_100), isDrained: false)) == Self.at(990))
  }

  @Test("it never moves back")
  func monotone() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, newest: Self.at(1_000), oldest: Self.at(1_000), now: Self.at(1_000)))
    mark.on(.tick(now: Self.at(1_000), isDrained: false))
    mark.on(.record(input: 1, newest: Self.at(500), oldest: Self.at(500), now: Self.at(1_001)))
    #expect(mark.on(.tick(now: Self.at(1_001), isDrained: false)) == Self.at(990))
  }

  @Test("an input that has ended holds nobody back")
  func ended() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, newest: Self.at(900), oldest: Self.at(900), now: Self.at(1_000)))
    mark.on(.record(input: 1, newest: Self.at(1_000), oldest: Self.at(1_000), now: Self.at(1_000)))
    mark.on(.ended(input: 0))
    #expect(mark.on(.tick(now: Self.at(1_000), isDrained: false)) == Self.at(990))
  }

  @Test("lines that are read as they are written are waited for no longer than they took")
  func prompt() {
    var mark = Self.fresh()
    let late = Timestamp(nanoseconds: 998_500_000_000)
    mark.on(.record(input: 0, newest: Self.at(1_000), oldest: late, now: Self.at(1_000)))
    let complete = mark.on(.tick(now: Self.at(1_005), isDrained: true))
    #expect(complete == Self.at(1_005).advanced(byNanoseconds: -1_700_000_000))
  }

  @Test("a delay is forgotten after some minutes, a long one never waits beyond the lateness")
  func delays() {
    var mark = Self.fresh()
    func line(delay: Int64, at second: Int64) {
      mark.on(
        .record(
          input: 0, newest: Self.at(second), oldest: Self.at(second - delay), now: Self.at(second)))
    }
    line(delay: 9, at: 1_000)
    line(delay: 60, at: 1_001)
    #expect(
      mark.on(.tick(now: Self.at(1_002), isDrained: true))
        == Self.at(992).advanced(byNanoseconds: 800_000_000))
    line(delay: 0, at: 1_300)
    line(delay: 0, at: 1_600)
    let complete = mark.on(.tick(now: Self.at(1_601), isDrained: true))
    #expect(complete == Self.at(1_601).advanced(byNanoseconds: -700_000_000))
  }

  @Test("a clock that runs behind ours is believed over ours")
  func skewed() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, newest: Self.at(970), oldest: Self.at(970), now: Self.at(1_000)))
    #expect(mark.on(.tick(now: Self.at(1_001), isDrained: true)) == Self.at(960))
  }

  @Test("what is still to be read is waited for")
  func undrained() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, newest: Self.at(999), oldest: Self.at(999), now: Self.at(1_000)))
    #expect(mark.on(.tick(now: Self.at(1_001), isDrained: false)) == Self.at(989))
  }
}

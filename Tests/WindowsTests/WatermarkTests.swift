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

  /// Takes a line in that was read so many milliseconds after its time.
  static func line(_ mark: inout Watermark, delay milliseconds: Int64, at second: Int64) {
    let time = at(second).advanced(byNanoseconds: -milliseconds * 1_000_000)
    mark.on(.record(input: 0, newest: time, oldest: time, now: at(second)))
  }

  @Test("lines that are read as they are written are waited for three times as long as they took")
  func prompt() {
    var mark = Self.fresh()
    Self.line(&mark, delay: 500, at: 1_000)
    Self.line(&mark, delay: 0, at: 1_030)
    #expect(mark.on(.tick(now: Self.at(1_030), isDrained: true)) == Self.at(1_020))
    Self.line(&mark, delay: 0, at: 1_060)
    let complete = mark.on(.tick(now: Self.at(1_060), isDrained: true))
    #expect(complete == Self.at(1_060).advanced(byNanoseconds: -1_500_000_000))
  }

  @Test("a delay is forgotten after some minutes, and a long one never waits beyond the lateness")
  func delays() {
    var mark = Self.fresh()
    Self.line(&mark, delay: 9_000, at: 1_000)
    Self.line(&mark, delay: 0, at: 1_070)
    #expect(mark.on(.tick(now: Self.at(1_070), isDrained: true)) == Self.at(1_060))
    Self.line(&mark, delay: 0, at: 1_300)
    Self.line(&mark, delay: 0, at: 1_601)
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

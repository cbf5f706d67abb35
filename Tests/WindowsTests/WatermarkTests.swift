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
    mark.on(.record(input: 0, time: Self.at(1_000), now: Self.at(1_000)))
    mark.on(.record(input: 1, time: Self.at(950), now: Self.at(1_001)))
    #expect(mark.on(.tick(now: Self.at(1_001))) == Self.at(940))
  }

  @Test("an input that has been idle for a while is left out")
  func idle() {
    var mark = Self.fresh()
    mark.on(.record(input: 1, time: Self.at(950), now: Self.at(1_000)))
    mark.on(.record(input: 0, time: Self.at(1_020), now: Self.at(1_020)))
    #expect(mark.on(.tick(now: Self.at(1_020))) == Self.at(1_010))
  }

  @Test("when all are silent the clock carries it on, so that silence is judged")
  func silence() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, time: Self.at(1_000), now: Self.at(1_000)))
    #expect(mark.on(.tick(now: Self.at(1_100))) == Self.at(1_090))
  }

  @Test("a replay of old events does not jump to today")
  func replay() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, time: Self.at(1_000), now: Self.at(900_000)))
    #expect(mark.on(.tick(now: Self.at(900_100))) == Self.at(990))
  }

  @Test("it never moves back")
  func monotone() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, time: Self.at(1_000), now: Self.at(1_000)))
    mark.on(.tick(now: Self.at(1_000)))
    mark.on(.record(input: 1, time: Self.at(500), now: Self.at(1_001)))
    #expect(mark.on(.tick(now: Self.at(1_001))) == Self.at(990))
  }

  @Test("an input that has ended holds nobody back")
  func ended() {
    var mark = Self.fresh()
    mark.on(.record(input: 0, time: Self.at(900), now: Self.at(1_000)))
    mark.on(.record(input: 1, time: Self.at(1_000), now: Self.at(1_000)))
    mark.on(.ended(input: 0))
    #expect(mark.on(.tick(now: Self.at(1_000))) == Self.at(990))
  }
}

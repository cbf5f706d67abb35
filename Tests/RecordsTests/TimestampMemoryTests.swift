import Bytes
import Records
import Testing

@Suite("A reader that remembers stamps")
struct TimestampMemoryTests {
  /// A stamp of a random form, near others so that texts repeat, at times impossible.
  static func text(_ random: inout SeededNumbers) -> String {
    func number(_ limit: UInt64) -> Int { Int(random.next() % limit) }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let month = 1 + number(13)
    let day = 27 + number(6)
    let time = "\(two(22 + number(3))):\(two(58 + number(3))):\(two(58 + number(4)))"
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let name = names[(month - 1) % 12]
    let year = 2023 + number(4)
    let fraction = ["", ".5", ",123", ".123456", ".", ",1"][number(6)]
    let zone = [
      "", "Z", "+01:00", " +0000", " UTC", " CEST", " INFO", " -x", "+99:00", " PM", " AM",
    ][number(11)]
    let tail = ["", " text", "]", "7", " Europe/Nowhere]", " 2024", " 2023 a"][number(7)]
    let body =
      switch number(10) {
      case 0: "\(year)-\(two(month))-\(two(day))T\(time)\(fraction)\(zone)"
      case 1: "\(year)-\(two(month))-\(two(day)) \(time)\(fraction)\(zone)"
      case 2: "\(year)/\(two(month))/\(two(day)) \(time)\(fraction)\(zone)"
      case 3: "\(two(year % 100))/\(two(month))/\(two(day)) \(time)\(fraction)"
      case 4: "\(two(day))/\(name)/\(year):\(time)\(fraction)\(zone)"
      case 5: "\(day)-\(name)-\(year) \(time)\(fraction)\(zone)"
      case 6: "\(day) \(name) \(year) \(time)\(fraction)\(zone)"
      case 7: "Tue \(name) \(day) \(time)\(fraction)\(zone) \(year)"
      case 8: "\(name) \(day) \(time)\(fraction)\(zone)"
      default:
        "\(name) \(day), \(year) \(1 + number(13)):59:5\(number(3)) \(["AM", "PM"][number(2)])"
      }
    return body + tail
  }

  @Test("it answers as one that remembers nothing, in any sequence", arguments: 1...8)
  func equality(seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed))
    var remembering = TimestampReader(zone: berlin, reference: november)
    var forgetting = TimestampReader(zone: berlin, reference: november)
    forgetting.remembersStamps = false
    var read = 0
    for _ in 0..<5_000 {
      let bytes = Array(Self.text(&random).utf8)
      var first = ByteCursor()
      var second = ByteCursor()
      let one = remembering.read(bytes.span, at: &first)
      let other = forgetting.read(bytes.span, at: &second)
      #expect(one == other)
      #expect(first.position == second.position)
      read += one == nil ? 0 : 1
    }
    #expect(read > 1_000 && read < 4_500)
  }
}

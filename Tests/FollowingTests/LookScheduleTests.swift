import Testing

@testable import Following

@Suite("The schedule of looks")
struct LookScheduleTests {
  private let files = SimulatedFiles()
  private let options = FollowOptions()
  /// Between two looks.
  private static let interval: Int64 = 250_000_000

  private func paths(_ count: Int) -> [FollowedPath] {
    (0..<count).map { number in
      FollowedPath(
        path: "/\(number).log", name: "\(number).log", input: number, isNamed: true,
        start: .beginning, lineage: Lineage(), options: options, fileSystem: files)
    }
  }

  /// The numbers of the paths that each of so many looks takes.
  private func looks(
    _ count: Int, among paths: [FollowedPath], from start: Int64 = 0,
    _ schedule: inout LookSchedule
  ) -> [Set<Int>] {
    (1...count).map { number in
      let last = start + Int64(number - 1) * Self.interval
      return Set(
        schedule.paths(among: paths, options, from: last, now: last + Self.interval).map(\.input))
    }
  }

  @Test("takes all of a few paths each time")
  func few() {
    var schedule = LookSchedule()
    let all = Set(0..<200)
    #expect(looks(3, among: paths(200), &schedule) == [all, all, all])
  }

  @Test("takes all of any number at the first look")
  func first() {
    var schedule = LookSchedule()
    let chosen = schedule.paths(among: paths(5_000), options, from: nil, now: 7)
    #expect(chosen.count == 5_000)
  }

  @Test("takes idle ones in turns: no more at a time than cost little, each within so many looks")
  func idle() {
    var schedule = LookSchedule()
    let perLook = Int(Double(Limits.idleLooksPerSecond) * 0.25)
    let count = 4 * perLook
    // Whatever the place in the turn that the looks before have come to.
    for _ in 0..<3 {
      let chosen = looks(4, among: paths(count), &schedule)
      #expect(chosen.allSatisfy { $0.count == perLook })
      #expect(chosen.reduce(into: Set()) { $0.formUnion($1) } == Set(0..<count))
    }
  }

  @Test("takes busy ones each time, for a minute after they changed")
  func busy() {
    var schedule = LookSchedule()
    let paths = paths(5_000)
    for number in [0, 777, 4_999] { paths[number].noteChange(0) }
    #expect(looks(20, among: paths, &schedule).allSatisfy { $0.isSuperset(of: [0, 777, 4_999]) })
    let later = looks(3, among: paths, from: 61_000_000_000, &schedule)
    #expect(!later.allSatisfy { $0.contains(777) })
  }

  @Test("makes up for a look that came late")
  func late() {
    var schedule = LookSchedule()
    let chosen = schedule.paths(
      among: paths(3_000), options, from: 0, now: 2_000_000_000)
    #expect(chosen.count == 2 * Limits.idleLooksPerSecond)
  }

  @Test("goes on when paths come or go between two looks")
  func changing() {
    var schedule = LookSchedule()
    _ = looks(3, among: paths(5_000), &schedule)
    let fewer = paths(600)
    let chosen = looks(3, among: fewer, &schedule)
    #expect(chosen.reduce(into: Set()) { $0.formUnion($1) } == Set(0..<600))
  }

  @Test("is not stopped by a clock that is set back")
  func clock() {
    var schedule = LookSchedule()
    let chosen = schedule.paths(among: paths(5_000), options, from: 9_000_000_000, now: 0)
    #expect(chosen.count == Int(Double(Limits.idleLooksPerSecond) * 0.25))
  }
}

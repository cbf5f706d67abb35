import Records
import Rules
import Testing

@Suite("Conditions")
struct ConditionTests {
  /// A rule that looks at `n=… w=… d=… s=…` and whose condition is under test.
  private func holds(_ condition: String, _ text: String, severity: Severity? = nil) throws -> Bool
  {
    let rules = try rules(
      #"""
      rules:
        - id: a
          match: '^(?:n=(?<n>\S+) ?)?(?:w=(?<w>\S+) ?)?(?:d=(?<d>[^;]+); ?)?(?:b=(?<b>[^;]+);)?'
          captures:
            n: number
            d: { unit: milliseconds }
            b: { unit: bytes }
          where: >-
            \#(condition)
      """#)
    return rules.matches(text, record(text, severity: severity)) == ["a"]
  }

  @Test(
    "comparisons of numbers, words, durations and sizes",
    arguments: [
      ("n = 5", "n=5", true), ("n = 5", "n=5.0", true), ("n != 5", "n=5", false),
      ("n < 5", "n=4.999", true), ("n < 5", "n=5", false), ("n <= 5", "n=5", true),
      ("n > 5", "n=50", true), ("n >= 0.5", "n=0.5", true), ("n >= 0.5", "n=.5", true),
      ("n = -5", "n=-5", true), ("n > 1e3", "n=1001", true), ("n = 1e3", "n=1000", true),
      ("n > 5", "n=x", false), ("n < 5", "n=x", false), ("n = 5", "n=x", false),
      ("n != 5", "n=x", true), ("n in (1, 2, 3)", "n=2", true), ("n in (1, 2, 3)", "n=4", false),
      ("w = HIT", "w=HIT", true), ("w = HIT", "w=hit", false), ("w != HIT", "w=MISS", true),
      ("w in (HIT, 'STALE')", "w=STALE", true), ("w < b", "w=a", true), ("w < b", "w=b", false),
      ("w <= b", "w=b", true), ("w > a", "w=aa", true), ("w = 5", "w=5.0", true),
      ("w = '5'", "w=5.0", false), ("w = '5'", "w=5", true), ("w >= 500", "w=502", true),
      ("w >= 500", "w=57P01", false), ("w != 40001", "w=40P01", true),
      ("w = 57P01", "w=57P01", true), (#"w = "it's""#, "w=it's", true),
      ("d > 500ms", "d=0.6s;", true), ("d > 500ms", "d=600;", true), ("d > 0.5", "d=400;", false),
      ("d > 0.0083 and d < 0.0085", "d=8.4ms;", true), ("d < 1ms", "d=212µs;", true),
      ("b = 1.5KiB", "b=1536;", true), ("b = 1500", "b=1.5 kB;", true), ("b > 1M", "b=2 MB;", true),
      ("n exists", "n=1", true), ("n exists", "w=x", false), ("not n exists", "w=x", true),
    ])
  func comparisons(condition: String, text: String, expected: Bool) throws {
    #expect(try holds(condition, text) == expected)
  }

  @Test(
    "a comparison on a missing capture is false, and not turns it round",
    arguments: [
      ("n = 5", false), ("n != 5", false), ("n < 5", false), ("n in (5)", false),
      ("not n = 5", true), ("not n in (5)", true), ("status >= 500", false),
      ("not status >= 500", true), ("severity != error", false),
    ])
  func missing(condition: String, expected: Bool) throws {
    #expect(try holds(condition, "w=x") == expected)
  }

  @Test(
    "and binds closer than or, not closer than and",
    arguments: [
      ("n = 1 or n = 2 and w = x", "n=1 w=y", true),
      ("(n = 1 or n = 2) and w = x", "n=1 w=y", false),
      ("not n = 1 and w = x", "n=1 w=x", false), ("not (n = 1 and w = y)", "n=1 w=x", true),
      ("not not n = 1", "n=1", true), ("w = x and (n = 1 or n = 2)", "n=2 w=x", true),
      ("n = 1 and w = x or w = y", "n=2 w=y", true), ("not (n = 1 or w = y)", "n=2 w=x", true),
    ])
  func precedence(condition: String, text: String, expected: Bool) throws {
    #expect(try holds(condition, text) == expected)
  }

  @Test(
    "severities compare in their order",
    arguments: [
      ("severity >= warning", Severity.error, true), ("severity >= warning", .warning, true),
      ("severity >= warning", .notice, false), ("severity in (error, critical)", .critical, true),
      ("severity < info", .debug, true), ("severity exists", .debug, true),
      ("severity >= warning or not severity exists", nil, true),
      ("severity >= warning or not severity exists", .info, false),
    ])
  func severities(condition: String, severity: Severity?, expected: Bool) throws {
    #expect(try holds(condition, "w=x", severity: severity) == expected)
  }

  @Test("a condition agrees with the same condition evaluated step by step, for random ones")
  func agreement() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<400 {
      let values = (0..<3).map { _ in
        random.chance(0.2) ? nil : Int.random(in: 0..<4, using: &random)
      }
      let (text, expected) = Self.expression(depth: 4, values: values, using: &random)
      let line =
        (values[0].map { "x=\($0) " } ?? "") + (values[1].map { "y=\($0) " } ?? "")
        + (values[2].map { "z=\($0) " } ?? "")
      let rules = try rules(
        #"""
        rules:
          - id: a
            match: '^(?:x=(?<x>\d) )?(?:y=(?<y>\d) )?(?:z=(?<z>\d) )?'
            captures: { x: integer, y: integer, z: integer }
            where: >-
              \#(text)
        """#)
      #expect(rules.matches(line) == (expected ? ["a"] : []), "\(text) of \(line)")
    }
  }

  /// A random condition, and whether it holds for the values of x, y and z.
  private static func expression(
    depth: Int, values: [Int?], using random: inout SeededRandom
  ) -> (String, Bool) {
    if depth > 0, random.chance(0.7) {
      let left = expression(depth: depth - 1, values: values, using: &random)
      let right = expression(depth: depth - 1, values: values, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return ("(\(left.0) and \(right.0))", left.1 && right.1)
      case 1: return ("(\(left.0) or \(right.0))", left.1 || right.1)
      default: return ("not (\(left.0))", !left.1)
      }
    }
    let index = Int.random(in: 0..<3, using: &random)
    let name = ["x", "y", "z"][index]
    let number = Int.random(in: 0..<4, using: &random)
    let value = values[index]
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return ("\(name) = \(number)", value.map { $0 == number } ?? false)
    case 1: return ("\(name) != \(number)", value.map { $0 != number } ?? false)
    case 2: return ("\(name) < \(number)", value.map { $0 < number } ?? false)
    case 3: return ("\(name) >= \(number)", value.map { $0 >= number } ?? false)
    case 4: return ("\(name) in (\(number), 3)", value.map { $0 == number || $0 == 3 } ?? false)
    default: return ("\(name) exists", value != nil)
    }
  }

  @Test("equal conditions are written alike whatever their brackets and blanks")
  func canonicalText() throws {
    let rules = try rules(
      """
      rules:
        - { id: a, record: request }
      signals:
        - { id: s, kind: rate, count: "a where status >= 500 and (method = GET or cache exists)" }
        - { id: t, kind: rate, count: "a  where (status>=500) and ((method = GET) or cache exists)" }
        - { id: u, kind: rate, count: "a where status >= 500 and method = GET or cache exists" }
      """)
    #expect(
      rules.measureNames == [
        "a where status >= 500 and (method = GET or cache exists)",
        "a where status >= 500 and method = GET or cache exists",
      ])
    #expect(rules.signals.map(\.count) == [0, 0, 1])
  }
}

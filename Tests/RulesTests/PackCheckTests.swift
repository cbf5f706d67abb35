import Rules
import Testing

@Suite("Checking the samples of a pack")
struct PackCheckTests {
  private func findings(_ text: String) throws -> [String] {
    PackCheck.findings(in: try rules(text)).map(\.description)
  }

  @Test("a rule whose samples match, with their captures, and whose misses do not")
  func good() throws {
    let found = try findings(
      #"""
      rules:
        - id: a
          match: 'took (?<took>\S+) for (?<path>\S+)'
          captures: { took: { unit: milliseconds }, path: route }
          samples:
            - line: 'job took 250 for /orders/7'
              captures: { took: 0.25, path: '/orders/{}' }
              also: [b]
            - 'job took 1.5s for x'
          misses: ['took']
        - id: b
          match: 250
          samples: ['only 250']
      """#)
    #expect(found == [])
  }

  @Test("everything that is not as the pack says is found")
  func bad() throws {
    let found = try findings(
      #"""
      rules:
        - { id: none, match: x }
        - id: a
          match: 'took (?<took>\d+)'
          samples:
            - nothing
            - line: took 5
              captures: { took: 6, status: 200 }
            - { line: took 7, also: [none] }
          misses: [took 8, no]
        - { id: b, match: took 5, samples: [took 5] }
      """#)
    #expect(
      found == [
        "rules.yaml:2: rule none: it has no sample",
        "rules.yaml:6: rule a: it does not match its sample: nothing",
        #"rules.yaml:7: rule a: the sample's capture took is "5", not "6": took 5"#,
        #"rules.yaml:7: rule a: the sample's capture status is missing, not "200": took 5"#,
        "rules.yaml:7: rule a: its sample also matches b, which `also` does not say: took 5",
        "rules.yaml:9: rule a: its sample says also none, which does not match it: took 7",
        "rules.yaml:10: rule a: it matches a line that it must miss: took 8",
        "rules.yaml:11: rule b: its sample also matches a, which `also` does not say: took 5",
      ])
  }

  @Test("a pattern that exceeds the match limit on a sample is found")
  func limit() throws {
    let found = try findings(
      #"""
      rules:
        - id: a
          match: '^(a+)+$'
          samples: [aaa]
          misses: ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!']
      """#)
    #expect(found == ["rules.yaml:2: rule a: its pattern exceeded the match limit 1 times"])
  }

  @Test("a sample of several lines is one record")
  func multiline() throws {
    let found = try findings(
      #"""
      rules:
        - id: a
          record: python-traceback
          match: '^ValueError: (?<what>\w+)'
          samples:
            - line: |
                Traceback (most recent call last):
                  File "app.py", line 3, in <module>
                    raise ValueError("bad")
                ValueError: bad
              captures: { what: bad }
      """#)
    #expect(found == [])
  }
}

import Foundation
import Records
import Rules
import Testing

@Suite("Rule sets")
struct RuleSetTests {
  /// A folder that is gone after the test.
  private final class Folder {
    let path: String

    init(_ files: [String: String]) throws {
      path =
        FileManager.default.temporaryDirectory
        .appendingPathComponent("tidemark-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
      }
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  private func messages(_ paths: [String]) -> [String] {
    do throws(RuleLoadError) {
      _ = try RuleSet.load(paths: paths)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test("the severity is the rule's own, else that of its class, else info")
  func severities() throws {
    let classes = ["crash", "release", "error", "dependency", "capacity", "data", "security"]
    let text =
      "rules:\n  - { id: none, match: x }\n  - { id: warn, match: x, class: warning }\n"
      + "  - { id: own, match: x, class: crash, severity: notice }\n"
      + classes.map { "  - { id: \($0), match: x, class: \($0) }\n" }.joined()
    let rules = try rules(text)
    let severities = Dictionary(uniqueKeysWithValues: rules.rules.map { ($0.id, $0.severity) })
    #expect(severities["none"] == .info)
    #expect(severities["warn"] == .warning)
    #expect(severities["own"] == .notice)
    #expect(severities["crash"] == .critical)
    for name in classes.dropFirst() { #expect(severities[name] == .error) }
  }

  @Test("an error rule has a signal without being told, unless something speaks against it")
  func implicitSignals() throws {
    let rules = try rules(
      """
      rules:
        - { id: plain, match: x, class: error, about: About, hint: Hint }
        - { id: noise, match: x, class: error, deploy-noise: true }
        - { id: shown, match: x, class: error, advisory: true }
        - { id: warn, match: x, class: warning }
        - { id: counted, match: x, class: error }
        - { id: first, match: x, class: error, event: shared }
        - { id: second, match: y, class: crash, event: shared }
      signals:
        - { id: mine, kind: rate, count: counted where severity exists }
        - { id: soft, kind: rate, count: plain where status = 1, severity: warning }
        - { id: softer, kind: rate, count: noise, advisory: true, required: true, worse: down }
      """)
    #expect(rules.signals.map(\.id) == ["mine", "soft", "softer", "shared"])
    let shared = try #require(rules.signals.last)
    #expect(shared.kind == .ratio)
    #expect(shared.exposure == .requestsElseSeconds)
    #expect(shared.severity == .critical)
    #expect(shared.rule == 5)
    #expect(shared.count == rules.measureNames.firstIndex(of: "shared"))
    #expect(rules.signals.map(\.advisory) == [false, true, true, false])
    #expect(rules.signals[2].required && rules.signals[2].worse == .down)
    let alone = try RulesTests.rules(
      "rules: [{ id: plain, match: x, class: error, about: About, hint: Hint }]")
    #expect(alone.signals.map(\.id) == ["plain"])
    #expect(alone.signals.first?.about == "About")
    #expect(alone.signals.first?.hint == "Hint")
    #expect(alone.measureNames == ["plain"])
  }

  @Test("signals have the exposure and the quantiles that they state")
  func signals() throws {
    let rules = try rules(
      """
      rules:
        - { id: http.request, record: request }
        - { id: error.record, record: error, class: error }
      signals:
        - { id: a, kind: proportion, count: http.request where cache = HIT,
            per: http.request where cache exists, worse: down }
        - { id: b, kind: ratio, count: error.record, per: requests-else-seconds }
        - { id: c, kind: rate, count: http.request, per: seconds }
        - { id: d, kind: latency, value: http.request duration, quantiles: [0.5, 0.999], by: route }
        - { id: e, kind: latency, value: http.request duration }
      """)
    #expect(rules.measureNames.prefix(2) == ["http.request", "error.record"])
    #expect(rules.requestMeasure == 0)
    #expect(rules.errorMeasure == 1)
    #expect(rules.signals[0].exposure == .measure(3))
    #expect(rules.measureNames[3] == "http.request where cache exists")
    #expect(rules.signals[1].exposure == .requestsElseSeconds)
    #expect(rules.signals[2].exposure == .seconds)
    #expect(rules.signals[3].quantiles == [0.5, 0.999] && rules.signals[3].byRoute)
    #expect(rules.signals[4].quantiles == [0.5, 0.95, 0.99])
    #expect(rules.signals[3].histogram == 0 && rules.signals[4].histogram == 0)
    #expect(rules.histogramCount == 1)
    #expect(rules.signals.count == 5)
  }

  @Test("an event name that is a rule's id stands for that rule alone")
  func ruleAsEvent() throws {
    let rules = try rules(
      """
      rules:
        - { id: a, event: shared, match: x }
        - { id: b, event: shared, match: y }
      signals:
        - { id: s, kind: rate, count: shared }
        - { id: t, kind: rate, count: b }
      """)
    #expect(rules.counts("x") == ["shared": 1])
    #expect(rules.counts("y") == ["shared": 1, "b": 1])
    #expect(rules.counts("xy") == ["shared": 1, "b": 1])
  }

  @Test("files, folders and built-in packs load together, each file once")
  func paths() throws {
    let folder = try Folder([
      "b.yaml": "pack: second\nrules: [{ id: b, match: x }]",
      "a.yml": "rules: [{ id: a, match: x }]", "notes.txt": "not: [yaml",
    ])
    let rules = try RuleSet.load(paths: [
      folder.path, "\(folder.path)/a.yml",
      "\(folder.path)/../\(folder.path.split(separator: "/").last ?? "")/b.yaml",
      "http-access", "http-access",
    ])
    #expect(rules.packs.map(\.name) == ["a", "second", "http-access"])
    #expect(rules.rules.prefix(2).map(\.id) == ["a", "b"])
    #expect(rules.requestMeasure != nil)
  }

  @Test("a path that is nothing has the nearest pack, beside the problems of the others")
  func missingPath() throws {
    let folder = try Folder(["a.yaml": "rules: [{ id: a }]", "empty.yaml": ""])
    let found = messages(["http-acess", "\(folder.path)/a.yaml"])
    #expect(found.count == 2)
    #expect(
      found.first?.hasPrefix(
        "http-acess: no such file, folder or built-in pack; did you mean \"http-access\"?") == true)
    #expect(
      found.last == "\(folder.path)/a.yaml:1:9: rule \"a\" would match everything: it needs match,"
        + " record or fields\nrules: [{ id: a }]\n        ^")
  }

  @Test("a folder without rule files and a file that is not UTF-8 are told")
  func unreadable() throws {
    let folder = try Folder([:])
    #expect(messages([folder.path]) == ["\(folder.path): the folder holds no *.yaml or *.yml file"])
    let file = "\(folder.path)/latin1.yaml"
    try Data(Array("rules: []\nabout: caf".utf8) + [0xE9, 0x0A]).write(
      to: URL(fileURLWithPath: file))
    #expect(messages([file]) == ["\(file): the file is not UTF-8: see line 2"])
  }

  @Test("a rule may replace one of another file, whatever the order of the files")
  func replacing() throws {
    let first = ("first.yaml", "rules: [{ id: a, match: x }, { id: b, match: y }]")
    let second = ("second.yaml", "rules: [{ id: a, match: z, replaces: true }]")
    for texts in [[first, second], [second, first]] {
      let rules = try RuleSet.load(texts: texts)
      #expect(rules.rules.map(\.id) == ["a", "b"])
      #expect(rules.matches("z") == ["a"])
      #expect(rules.matches("x") == [])
    }
    let third = ("third.yaml", "rules: [{ id: a, match: z }]")
    #expect(throws: RuleLoadError.self) { try RuleSet.load(texts: [first, third]) }
  }

  @Test("a rule that is switched off is gone, and so are the signals that only it feeds")
  func disabling() throws {
    let first = """
      rules:
        - { id: a, match: x, class: error }
        - { id: b, match: y, class: error }
      signals:
        - { id: s, kind: rate, count: a }
        - { id: t, kind: ratio, count: b, per: a }
        - { id: u, kind: rate, count: b }
      """
    let rules = try RuleSet.load(texts: [("f", first), ("g", "disable: [a]")])
    #expect(rules.rules.map(\.id) == ["b"])
    #expect(rules.signals.map(\.id) == ["u"])
    let other = try RuleSet.load(texts: [("f", first), ("g", "disable: [u, http.5xx]")])
    #expect(other.signals.map(\.id) == ["s", "t"])
  }

  @Test("rules of a built-in pack may be replaced or switched off when it is not loaded")
  func absentPack() throws {
    let rules = try rules(
      "disable: [http.request]\nrules: [{ id: error.record, match: x, replaces: true }]")
    #expect(rules.rules.map(\.id) == ["error.record"])
  }

  @Test("the problems of several files come in the order of the files")
  func problemOrder() {
    do throws(RuleLoadError) {
      _ = try RuleSet.load(texts: [("z", "rules: [{ id: a }]"), ("a", "rules: [\n"), ("m", "x: y")])
      Issue.record("the files have problems")
    } catch {
      #expect(error.problems.map(\.file) == ["z", "a", "m"])
    }
  }

  @Test("YAML of every style gives the same rule")
  func styles() throws {
    let block = """
      \u{FEFF}rules:
        - id: a
          match: >-
            ^a b$
          where: |
            status exists or
            not status exists
          samples:
            - line: a b
      """
    #expect(try rules(block).matches("a b") == ["a"])
    #expect(try rules(#"{"rules":[{"id":"a","match":"^a b$"}]}"#).matches("a b") == ["a"])
    #expect(try rules("rules:\r\n  - id: a\r\n    match: ^a b$\r\n").matches("a b") == ["a"])
  }
}

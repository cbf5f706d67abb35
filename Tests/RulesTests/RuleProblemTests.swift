import Rules
import Testing

@Suite("Problems in rule files")
struct RuleProblemTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var problems: [String]
    var testDescription: String { name }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      name: "an unknown key has the nearest known one",
      text: """
        rules:
          - id: a
            mtach: x
            match: y
        """,
      problems: [#"3:5: unknown key "mtach" in a rule; did you mean "match"?"#]),
    Mistake(
      name: "an unknown key that is near to none has the list",
      text: """
        pack: p
        colour: red
        rules: []
        """,
      problems: [
        #"2:1: unknown key "colour" in a rule file; known are pack, about, rules, signals, disable"#
      ]),
    Mistake(
      name: "all problems of a file are told, in the order of its lines",
      text: """
        rules:
          - id: A
            match: x
          - id: b
          - match: y
          - id: c
            match: '(?<n>x'
            severity: eror
        """,
      problems: [
        #"2:9: "A" is not an id: expected lower-case letters, digits, ".", "_" and "-","#
          + " a letter or digit first",
        #"4:5: rule "b" would match everything: it needs match, record or fields"#,
        "5:5: this rule has no id",
        "7:19: invalid pattern: missing closing parenthesis",
        #"8:15: "eror" is not a severity: expected debug, info, notice, warning, error, critical"#
          + #"; did you mean "error"?"#,
      ]),
    Mistake(
      name: "a duplicate id names the first place",
      text: """
        rules:
          - { id: a, match: x }
          - { id: a, match: y }
        """,
      problems: [#"3:11: duplicate rule id "a", first at rules.yaml:2"#]),
    Mistake(
      name: "where on a missing capture has the nearest one",
      text: """
        rules:
          - id: a
            match: 'took (?<elapsed>\\d+)'
            where: elapsd > 5 and severity exists
        """,
      problems: [
        #"4:12: where names a capture "elapsd" that the rule does not have; did you mean"#
          + #" "elapsed"?"#
      ]),
    Mistake(
      name: "a listed capture is a group or a normalised field",
      text: """
        rules:
          - id: a
            match: 'took (?<elapsed>\\d+)'
            captures: { elapsed: integer, staus: integer, duration: { unit: second } }
        """,
      problems: [
        #"4:35: capture "staus" is neither a named group of the pattern nor a normalised field;"#
          + #" did you mean "status"?"#,
        #"4:69: "second" is not a unit: expected seconds, milliseconds, microseconds,"#
          + #" nanoseconds, bytes; did you mean "seconds"?"#,
      ]),
    Mistake(
      name: "a signature names captures",
      text: """
        rules:
          - id: a
            match: '(?<column>\\w+)'
            signature: [colum, exception]
        """,
      problems: [
        #"4:17: signature names a capture "colum" that the rule does not have; did you mean"#
          + #" "column"?"#
      ]),
    Mistake(
      name: "a signal on an event that no rule makes",
      text: """
        rules:
          - { id: job.failed, match: x }
        signals:
          - id: s
            kind: rate
            count: job.faild where status = 5
        """,
      problems: [#"6:12: no rule makes the event "job.faild"; did you mean "job.failed"?"#]),
    Mistake(
      name: "a signal on an event of a built-in pack that is not loaded",
      text: """
        rules:
          - { id: a, match: x }
        signals:
          - { id: s, kind: ratio, count: a, per: http.request }
        """,
      problems: [
        #"4:42: no rule makes the event "http.request"; the built-in pack "http-access" has it:"#
          + " add it to --rules"
      ]),
    Mistake(
      name: "a signal's condition on a capture that no rule of the event has",
      text: """
        rules:
          - { id: a, match: '(?<size>\\d+)' }
        signals:
          - { id: s, kind: rate, count: a where sizes > 5 }
        """,
      problems: [
        #"4:41: no rule of "a" has a capture "sizes"; did you mean "size"?"#
      ]),
    Mistake(
      name: "a sum or latency of a word",
      text: """
        rules:
          - { id: a, match: '(?<size>\\d+)' }
        signals:
          - { id: s, kind: rate, count: sum(a size) }
          - { id: t, kind: latency, value: a size }
        """,
      problems: [
        #"4:39: capture "size" is a word, not a number; list it under captures as integer,"#
          + " number or with a unit",
        #"5:38: capture "size" is a word, not a number; list it under captures as integer,"#
          + " number or with a unit",
      ]),
    Mistake(
      name: "a number is compared with a number",
      text: """
        rules:
          - id: a
            record: request
            where: 'status >= 5xx or duration > 500ms'
        """,
      problems: [#"4:23: "status" is compared as a number (integer); "5xx" is none"#]),
    Mistake(
      name: "severities are known words",
      text: """
        rules:
          - { id: a, match: x, where: severity >= warn }
        """,
      problems: [
        #"2:43: "warn" is not a severity: expected trace, debug, info, notice, warning, error,"#
          + #" critical, alert, emergency; did you mean "warning"?"#
      ]),
    Mistake(
      name: "conditions that do not parse",
      text: """
        rules:
          - { id: a, match: x, where: status = }
          - { id: b, match: x, where: status == 5 }
          - { id: c, match: x, where: "status in (5, 6" }
          - { id: d, match: x, where: (status = 5 }
          - { id: e, match: x, where: status }
          - { id: f, match: x, where: status = 5 6 }
          - { id: g, match: x, where: "cache = 'HIT" }
          - { id: h, match: x, where: and }
        """,
      problems: [
        "2:39: expected a number, a word or a quoted text, found the end",
        #"3:38: "==" is not an operator: expected one of = != < <= > >=; equality is written "=""#,
        #"4:47: expected ")" or "," in the list, found the end"#,
        #"5:42: expected ")" to close the parenthesis, found the end"#,
        #"6:37: expected an operator, in (…) or exists after "status", found the end"#,
        #"7:42: expected "and", "or" or the end after the condition, found "6""#,
        "8:40: this quote is not closed",
        #"9:31: expected the name of a capture, found "and""#,
      ]),
    Mistake(
      name: "a signal needs the keys of its kind and no others",
      text: """
        rules:
          - { id: a, match: x }
        signals:
          - { id: s, kind: ratio, count: a }
          - { id: t, kind: latency, count: a }
          - { id: u, kind: rate, count: a, per: a }
          - { id: v, kind: proportion, count: a, per: a, quantiles: [0.5] }
          - { id: w, kind: ration, count: a }
          - { id: x }
          - { id: x, kind: rate, count: a, worse: left, by: rout }
        """,
      problems: [
        #"4:5: signal "s" of kind ratio needs per"#,
        #"5:5: signal "t" of kind latency needs value"#,
        "5:36: a signal of kind latency has no count",
        "6:41: a rate is counted per second: leave per out, or use kind: ratio",
        "7:62: a signal of kind proportion has no quantiles",
        #"8:20: "ration" is not a kind: expected rate, ratio, proportion, latency, silence; did you mean"#
          + #" "ratio"?"#,
        #"9:5: signal "x" has no kind: expected rate, ratio, proportion, latency or silence"#,
        #"10:11: duplicate signal id "x", first at rules.yaml:9"#,
      ]),
    Mistake(
      name: "a proportion is a part of the same event",
      text: """
        rules:
          - { id: a, match: x }
          - { id: b, match: x }
        signals:
          - { id: s, kind: proportion, count: a, per: b }
        """,
      problems: [
        "5:47: a proportion is a part of its whole: count and per name the same event and no sum;"
          + " use kind: ratio"
      ]),
    Mistake(
      name: "disable and replaces name rules that exist",
      text: """
        disable: [http.reqests, b]
        rules:
          - { id: a, match: x, replaces: true }
          - { id: b, match: x }
        """,
      problems: [
        #"1:11: disable names "http.reqests", which is neither a rule nor a signal; did you mean"#
          + #" "http.requests"?"#,
        #"3:11: "a" says replaces: true, but there is no other rule of that id"#,
      ]),
    Mistake(
      name: "values of the wrong shape",
      text: """
        about: [x]
        rules:
          - just a text
          - { id: a, match: { x: y }, deploy-noise: yes, samples: x }
          - { id: b, match: "", captures: [x] }
        """,
      problems: [
        "1:8: about is a text; found a list",
        #"3:5: a rule is a mapping with keys such as id, about, class; found "just a text""#,
        "4:21: match is a text; found a mapping",
        #"4:45: deploy-noise is true or false; found "yes""#,
        #"4:59: samples is a list; found "x""#,
        "5:21: match is empty",
        "5:35: captures is a mapping of names to values; found a list",
      ]),
    Mistake(
      name: "YAML that does not parse",
      text: "rules:\n  - id: a\n   match: x\n",
      problems: [
        "3:4: YAML: while parsing a block collection, did not find expected '-' indicator"
      ]),
    Mistake(
      name: "a key that occurs twice",
      text: "rules:\n  - id: a\n    match: x\n    match: y\n",
      problems: [#"3:5: the key "match" occurs twice in this mapping"#]),
    Mistake(
      name: "a control character",
      text: "rules:\n  - id: a\n    about: \u{1}\n",
      problems: ["3:12: YAML: control characters are not allowed"]),
    Mistake(
      name: "names that hang on an invalid pattern are not judged",
      text: """
        rules:
          - id: a
            match: '(?<n>x'
            where: n > 5
            captures: { n: integer }
            signature: [n]
        signals:
          - { id: s, kind: rate, count: a where n > 7 }
        """,
      problems: ["3:19: invalid pattern: missing closing parenthesis"]),
    Mistake(
      name: "brackets without end",
      text: "rules: " + String(repeating: "[", count: 100_000),
      problems: ["1:72: lists and mappings nest deeper than 64 levels"]),
    Mistake(
      name: "dashes without end",
      text: "rules:\n" + String(repeating: "- ", count: 100_000),
      problems: ["2:130: lists and mappings nest deeper than 64 levels"]),
    Mistake(
      name: "an empty file",
      text: "", problems: ["0:0: the file is empty; expected rules or signals"]),
  ]

  @Test("a mistake has its place, the text at fault and the nearest name", arguments: mistakes)
  func finds(_ mistake: Mistake) {
    #expect(problems(mistake.text) == mistake.problems)
  }

  @Test("an unknown kind of record has the nearest kind or format")
  func unknownRecord() throws {
    let text = "rules:\n  - { id: a, record: [request, python-tracebak] }\n"
    let found = problems(text)
    #expect(found.count == 1)
    let problem = try #require(found.first)
    #expect(
      problem.hasPrefix("2:32: \"python-tracebak\" is not a kind of record or a format: expected"))
    #expect(problem.hasSuffix("; did you mean \"python-traceback\"?"))
  }

  @Test(
    "an invalid pattern has the column of its fault",
    arguments: [
      (#"match: a(b[c"#, 17, "missing terminating ] for character class"),
      (#"match: 'it''s (b'"#, 21, "missing closing parenthesis"),
      (#"match: "\tx\u00e9(b""#, 24, "missing closing parenthesis"),
      (#"match: é(b"#, 15, "missing closing parenthesis"),
      (#"match: 'a{2,1}'"#, 18, "numbers out of order in {} quantifier"),
    ])
  func patternColumns(line: String, column: Int, message: String) {
    let text = "rules:\n  - id: a\n    \(line)\n"
    #expect(problems(text) == ["3:\(column): invalid pattern: \(message)"])
  }

  @Test("a fault in a literal block has its line and column")
  func literalBlock() {
    let text = "rules:\n  - id: a\n    match: |-\n\n      abc\n      d(e\n"
    #expect(problems(text) == ["6:10: invalid pattern: missing closing parenthesis"])
  }

  @Test("a fault in a folded block has the place where the block begins")
  func foldedBlock() {
    let text = "rules:\n  - id: a\n    match: >-\n      abc\n      d(e\n"
    #expect(problems(text) == ["3:12: invalid pattern: missing closing parenthesis"])
  }

  @Test("a problem shows the line with a caret below the column")
  func description() {
    let problem = RuleProblem(
      file: "my rules.yaml", line: 7, column: 4, message: "wrong", sourceLine: "\tab cd")
    #expect(problem.description == "my rules.yaml:7:4: wrong\n\tab cd\n\t  ^")
    #expect(RuleProblem(file: "x", message: "no such file").description == "x: no such file")
  }

  @Test("a long line is cut around the column")
  func longLine() {
    let line = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
    let problem = RuleProblem(file: "f", line: 1, column: 501, message: "m", sourceLine: line)
    let shown = problem.description.split(separator: "\n")
    #expect(shown.count == 3)
    #expect(shown[1].count == 162)
    let caret = Array(shown[2]).count - 1
    #expect(Array(shown[1])[caret] == "X")
  }

  @Test("a column beyond the line is shown behind it")
  func columnBeyondLine() {
    let problem = RuleProblem(file: "f", line: 1, column: 99, message: "m", sourceLine: "ab")
    #expect(problem.description == "f:1:99: m\nab\n  ^")
  }
}

import Records

/// Turns the definition of a rule into a rule: compiles its pattern and its condition and checks
/// every name in it.
struct RuleCompiler {
  private let definition: RuleFile.RuleDefinition
  private let file: RuleFile
  private(set) var problems: [RuleProblem] = []
  /// Names cannot be told from mistakes when the pattern that defines them does not compile.
  private var namesAreKnown = true

  /// - Returns: the rule, or nil with at least one problem.
  static func compile(
    _ definition: RuleFile.RuleDefinition, of file: RuleFile, problems: inout [RuleProblem]
  ) -> Rule? {
    var compiler = RuleCompiler(definition: definition, file: file)
    let rule = compiler.rule()
    problems += compiler.problems
    return compiler.problems.isEmpty ? rule : nil
  }

  private init(definition: RuleFile.RuleDefinition, file: RuleFile) {
    self.definition = definition
    self.file = file
  }

  private mutating func report(_ scalar: ScalarText, at offset: Int = 0, _ message: String) {
    problems.append(file.source.problem(in: scalar, at: offset, message))
  }

  private mutating func rule() -> Rule {
    let ruleClass = definition.ruleClass.flatMap { text -> RuleClass? in
      word(text, "a class", RuleClass.init(rawValue:), among: RuleClass.allCases.map(\.rawValue))
    }
    let severity = definition.severity.flatMap { text -> Severity? in
      word(text, "a severity", Severity.init(name:), among: Severity.ruleNames)
    }
    let pattern = definition.match.flatMap { compiledPattern($0) }
    namesAreKnown = definition.match == nil || pattern != nil
    let captures = captures(of: pattern)
    checkNames(of: definition, captures: captures)
    return Rule(
      id: definition.id.text, pack: file.pack, file: file.source.name,
      line: definition.position.line, about: definition.about, ruleClass: ruleClass,
      severity: severity ?? ruleClass?.severity ?? .info,
      event: definition.event?.text ?? definition.id.text, pattern: pattern,
      records: gates(), condition: condition(captures: captures),
      fields: definition.fields.map {
        Rule.FieldCondition(path: FieldPath($0.path.text), values: $0.values.map(\.text))
      },
      captures: captures, signature: definition.signature.map(\.text), hint: definition.hint,
      deployNoise: definition.deployNoise, losesLines: definition.losesLines,
      advisory: definition.advisory,
      samples: definition.samples.map(sample), misses: definition.misses.map(sample))
  }

  private func sample(_ definition: RuleFile.SampleDefinition) -> Rule.Sample {
    Rule.Sample(
      text: definition.text.text,
      captures: definition.captures.map { ($0.name.text, $0.value.text) },
      also: definition.also.map(\.text), line: definition.text.position.line)
  }

  private mutating func word<Value>(
    _ text: ScalarText, _ what: String, _ make: (String) -> Value?, among names: [String]
  ) -> Value? {
    if let value = make(text.text) { return value }
    report(
      text,
      "\"\(text.text)\" is not \(what): expected \(names.joined(separator: ", "))"
        + NearestName.hint(text.text, among: names))
    return nil
  }

  private mutating func compiledPattern(_ text: ScalarText) -> CompiledPattern? {
    do throws(PatternError) {
      let compiled = try CompiledPattern(text.text)
      guard compiled.pattern.groupCount <= Limits.capturesPerRule else {
        report(
          text,
          "the pattern has \(compiled.pattern.groupCount) groups; at most"
            + " \(Limits.capturesPerRule) are allowed: write (?:…) for those without a name")
        return nil
      }
      return compiled
    } catch {
      report(text, at: error.offset, "invalid pattern: \(error.message)")
      return nil
    }
  }

  /// Named groups by their numbers, then listed captures that are fields, then all other fields.
  private mutating func captures(of compiled: CompiledPattern?) -> [Capture] {
    var listed: [String: CaptureKind] = [:]
    for capture in definition.captures { listed[capture.name.text] = capture.kind }
    var names: [String] = []
    var groups: [String: [Int]] = [:]
    if let compiled {
      for (name, group) in compiled.pattern.names {
        if groups[name] == nil { names.append(name) }
        groups[name, default: []].append(group)
      }
    }
    for capture in definition.captures where groups[capture.name.text] == nil {
      let name = capture.name.text
      let isField = NormalisedField(rawValue: name) != nil
      if !isField, namesAreKnown {
        let known = names + NormalisedField.allCases.map(\.rawValue)
        report(
          capture.name,
          "capture \"\(name)\" is neither a named group of the pattern nor a normalised field"
            + NearestName.hint(name, among: known))
      }
      names.append(name)
    }
    for field in NormalisedField.allCases where !names.contains(field.rawValue) {
      names.append(field.rawValue)
    }
    return names.map { name in
      let field = NormalisedField(rawValue: name)
      let natural = groups[name] == nil ? field?.kind : nil
      return Capture(
        name: name, kind: natural ?? listed[name] ?? .word, groups: groups[name] ?? [],
        field: field)
    }
  }

  private mutating func gates() -> [RecordGate] {
    if definition.records.contains(where: { $0.text == "any" }) { return [] }
    return definition.records.compactMap { text in
      word(
        text, "a kind of record or a format", RecordGate.init(name:),
        among: RecordGate.names + ["any"])
    }
  }

  private mutating func condition(captures: [Capture]) -> Condition? {
    guard let text = definition.condition else { return nil }
    let condition: Condition
    do throws(ExpressionError) {
      condition = try ConditionParser.condition(text.text)
    } catch {
      report(text, at: error.offset, error.message)
      return nil
    }
    guard namesAreKnown else { return condition }
    let names = captures.map(\.name)
    for test in condition.tests {
      if test.name == ConditionCompiler.severityName {
        if let error = ConditionCompiler.severityMistake(in: test) {
          report(text, at: error.offset, error.message)
        }
      } else if let capture = captures.first(where: { $0.name == test.name }) {
        if let error = ConditionCompiler.mistake(in: test, of: capture.kind) {
          report(text, at: error.offset, error.message)
        }
      } else {
        report(
          text, at: test.offset,
          "where names a capture \"\(test.name)\" that the rule does not have"
            + NearestName.hint(test.name, among: names + [ConditionCompiler.severityName]))
      }
    }
    return condition
  }

  /// Parts of a signature that the record reader finds, beside a rule's own captures.
  static let signatureParts = ["exception", "frame", "code", "logger"]

  private mutating func checkNames(of definition: RuleFile.RuleDefinition, captures: [Capture]) {
    guard namesAreKnown else { return }
    let names = captures.map(\.name)
    for part in definition.signature
    where !names.contains(part.text) && !Self.signatureParts.contains(part.text) {
      report(
        part,
        "signature names a capture \"\(part.text)\" that the rule does not have"
          + NearestName.hint(part.text, among: names + Self.signatureParts))
    }
    for sample in definition.samples {
      for (name, _) in sample.captures where !names.contains(name.text) {
        report(
          name,
          "the sample expects a capture \"\(name.text)\" that the rule does not have"
            + NearestName.hint(name.text, among: names))
      }
    }
  }
}

extension Severity {
  /// The severity of that name, as rule files write it.
  package init?(name: String) {
    guard let found = Severity.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The names that the severity of a rule or signal may have.
  static let ruleNames = ["debug", "info", "notice", "warning", "error", "critical"]
}

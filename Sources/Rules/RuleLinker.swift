import Records

/// Puts the rules and signals of all files together: replaces and disables, finds what every name
/// stands for, and builds the match program.
struct RuleLinker {
  var problems: [RuleProblem]
  var program = MatchProgram()
  var rules: [Rule] = []
  /// Which rules make each event; the id of a rule stands for its matches where it is no event.
  private(set) var rulesByEvent: [String: [Int]] = [:]
  /// What each rule adds to, by rule.
  var contributions: [[MatchProgram.Contribution]] = []
  /// The program's slots of each rule's captures.
  private(set) var slotNames: [ConditionCompiler.SlotNames] = []
  var measureNames: [String] = []
  var measureIsSum: [Bool] = []
  var measures: [String: MeasureID] = [:]
  var histogramNames: [String] = []
  var histograms: [String: Int] = [:]
  var signals: [Signal] = []
  /// Events that the counts of explicit signals name.
  var countedEvents: Set<String> = []
  /// Events of rules that were switched off; signals that only they feed go with them.
  private(set) var disabledEvents: Set<String> = []
  private var disabled: Set<String> = []
  /// Events of rules with problems; what depends on them is not judged.
  private(set) var failedEvents: Set<String> = []
  /// Some file could not be read at all, so that a missing name proves nothing.
  private(set) var isIncomplete = false

  /// - Parameters:
  ///   - problems: those found in reading the files.
  ///   - isIncomplete: some file is missing, so that an unknown name proves nothing.
  /// - Throws: all problems, those of reading included.
  static func link(
    _ files: [RuleFile], problems: [RuleProblem], isIncomplete: Bool = false
  ) throws(RuleLoadError) -> RuleSet {
    var linker = RuleLinker(problems: problems)
    linker.isIncomplete = isIncomplete || files.contains(where: \.isUnreadable)
    linker.gatherDisabled(files)
    linker.gatherRules(files)
    linker.buildPlans()
    linker.gatherSignals(files)
    guard linker.problems.isEmpty else {
      throw RuleLoadError(problems: inOrder(linker.problems, of: files))
    }
    return linker.ruleSet(files)
  }

  private init(problems: [RuleProblem]) {
    self.problems = problems
  }

  /// By file in the order of the files, then by line and column; each once.
  private static func inOrder(_ problems: [RuleProblem], of files: [RuleFile]) -> [RuleProblem] {
    var ranks: [String: Int] = [:]
    for file in files where ranks[file.source.name] == nil {
      ranks[file.source.name] = ranks.count
    }
    let sorted = problems.enumerated().sorted { left, right in
      (ranks[left.element.file] ?? -1, left.element.line, left.element.column, left.offset)
        < (ranks[right.element.file] ?? -1, right.element.line, right.element.column, right.offset)
    }
    var unique: [RuleProblem] = []
    for (_, problem) in sorted where !unique.suffix(16).contains(problem) {
      unique.append(problem)
    }
    return unique
  }

  func isDisabled(_ id: String) -> Bool { disabled.contains(id) }

  private mutating func gatherDisabled(_ files: [RuleFile]) {
    guard files.contains(where: { !$0.disable.isEmpty }) else { return }
    var known = Set(BuiltInPacks.ruleAndSignalIDs)
    for file in files {
      known.formUnion(file.rules.map(\.id.text))
      known.formUnion(file.signals.map(\.id.text))
    }
    for file in files {
      for id in file.disable {
        disabled.insert(id.text)
        if !known.contains(id.text), !isIncomplete {
          problems.append(
            file.source.problem(
              at: id.position,
              "disable names \"\(id.text)\", which is neither a rule nor a signal"
                + NearestName.hint(id.text, among: known.sorted())))
        }
      }
    }
  }

  /// Compiles all definitions and keeps one of each id.
  private mutating func gatherRules(_ files: [RuleFile]) {
    var places: [String: (index: Int, file: String, line: Int, isReplacement: Bool)] = [:]
    for replacing in [false, true] {
      for file in files {
        for definition in file.rules where definition.replaces == replacing {
          let id = definition.id
          let rule = RuleCompiler.compile(definition, of: file, problems: &problems)
          if rule == nil { failedEvents.formUnion([id.text, (definition.event ?? id).text]) }
          if let place = places[id.text] {
            let isSamePack = place.file == file.source.name
            if !replacing || (isSamePack && place.isReplacement) {
              problems.append(
                file.source.problem(
                  at: id.position,
                  "duplicate rule id \"\(id.text)\", first at \(place.file):\(place.line)"
                    + (isSamePack ? "" : "; replaces: true would put this rule in its place")))
              continue
            }
            if let rule, place.index < rules.count { rules[place.index] = rule }
            places[id.text]?.isReplacement = true
            places[id.text]?.file = file.source.name
            continue
          }
          if replacing, !isIncomplete, !BuiltInPacks.ruleAndSignalIDs.contains(id.text) {
            problems.append(
              file.source.problem(
                at: id.position,
                "\"\(id.text)\" says replaces: true, but there is no other rule of that id"
                  + NearestName.hint(
                    id.text, among: places.keys.sorted() + BuiltInPacks.ruleAndSignalIDs)))
          }
          places[id.text] = (
            rules.count, file.source.name, definition.position.line, replacing
          )
          if let rule { rules.append(rule) } else { places[id.text]?.index = .max }
        }
      }
    }
    for rule in rules where disabled.contains(rule.id) { disabledEvents.insert(rule.event) }
    rules.removeAll { disabled.contains($0.id) }
    if rules.count > Limits.rules {
      problems.append(
        RuleProblem(
          file: "rules", message: "there are \(rules.count) rules; at most \(Limits.rules) are run")
      )
    }
    for index in rules.indices { rulesByEvent[rules[index].event, default: []].append(index) }
    for index in rules.indices where rulesByEvent[rules[index].id] == nil {
      rulesByEvent[rules[index].id] = [index]
    }
  }

  private mutating func buildPlans() {
    contributions = Array(repeating: [], count: rules.count)
    for index in rules.indices {
      let rule = rules[index]
      program.slotStarts.append(program.slots.count)
      var names: ConditionCompiler.SlotNames = [:]
      for capture in rule.captures {
        names[capture.name] = (Int32(program.slots.count), capture.kind)
        let start = Int32(program.groups.count)
        program.groups += capture.groups.map(Int32.init)
        program.slots.append(
          MatchProgram.Slot(
            groups: start..<Int32(program.groups.count), field: capture.field, kind: capture.kind))
      }
      slotNames.append(names)
      program.plans.append(plan(of: rule, at: index))
      program.requirements.append(
        rule.pattern.map { RequiredStrings.find(in: $0.text) } ?? [])
    }
  }

  private mutating func plan(of rule: Rule, at index: Int) -> MatchProgram.Plan {
    var plan = MatchProgram.Plan()
    if let pattern = rule.pattern {
      plan.pattern = PatternReference(pattern.pattern)
      plan.minimumBytes = pattern.pattern.minimumBytes
      program.groupCount = max(program.groupCount, pattern.pattern.groupCount)
    }
    for gate in rule.records { plan.gate |= bit(of: gate) }
    if rule.records.contains(.error) { program.lateRules.append(index) }
    plan.isError = rule.isError
    if let condition = rule.condition {
      let grouped = Set(rule.captures.lazy.filter { !$0.groups.isEmpty }.map(\.name))
      let parts = condition.parts { grouped.contains($0) }
      for (part, isLate) in [(parts.early, false), (parts.late, true)] {
        guard let part else { continue }
        let first = ConditionCompiler.append(part, to: &program, slots: slotNames[index])
        if isLate { plan.condition = first } else { plan.precondition = first }
      }
    }
    let firstField = Int32(program.fieldTests.count)
    program.fieldTests += rule.fields.map(RuleLinker.fieldTest)
    plan.fields = firstField..<Int32(program.fieldTests.count)
    if rule.event == RuleSet.requestEvent,
      let (slot, kind) = slotNames[index]["route"], kind == .route,
      !program.slots[Int(slot)].groups.isEmpty
    {
      plan.routeSlot = slot
    }
    return plan
  }

  private mutating func bit(of gate: RecordGate) -> UInt128 {
    switch gate {
    case .request: return GateBit.request
    case .shape(let shape): return GateBit.shape(shape)
    case .error: return GateBit.error
    case .format(let format):
      let place = program.formats.firstIndex(of: format) ?? program.formats.count
      if place == program.formats.count { program.formats.append(format) }
      precondition(place + GateBit.firstFormat < 128, "a gate has a bit for every format")
      return 1 << UInt128(place + GateBit.firstFormat)
    }
  }

  private static let severityFields = ["level", "severity", "lvl", "levelname", "log.level"]

  private static func fieldTest(_ field: Rule.FieldCondition) -> MatchProgram.FieldTest {
    let isSeverity = severityFields.contains(field.path.name)
    return MatchProgram.FieldTest(
      path: field.path, values: field.values.map { Array($0.utf8) },
      severities: isSeverity ? field.values.compactMap(Severity.init(name:)) : [])
  }

  private mutating func ruleSet(_ files: [RuleFile]) -> RuleSet {
    for index in rules.indices {
      let start = Int32(program.contributions.count)
      program.contributions += contributions[index]
      program.plans[index].contributions = start..<Int32(program.contributions.count)
    }
    program.measureCount = measureNames.count
    program.histogramCount = histogramNames.count
    let packs = files.map { file in
      RuleSet.Pack(
        name: file.pack, about: file.about, file: file.source.name,
        ruleCount: rules.count { $0.file == file.source.name })
    }
    return RuleSet(
      rules: rules, signals: signals, packs: packs, measureNames: measureNames,
      measureIsSum: measureIsSum,
      histogramNames: histogramNames, requestMeasure: measures[RuleSet.requestEvent],
      errorMeasure: measures[RuleSet.errorEvent], program: program)
  }
}

import Records

/// What signals count: the names in their expressions, and the measures that equal ones share.
extension RuleLinker {
  /// Reads an expression and checks its names; nil if it has a problem or if every rule that makes
  /// the event was switched off.
  mutating func expression(
    _ text: ScalarText, isValue: Bool, of file: RuleFile
  ) -> MeasureExpression? {
    let expression: MeasureExpression
    do throws(ExpressionError) {
      expression =
        isValue ? try ConditionParser.value(text.text) : try ConditionParser.count(text.text)
    } catch {
      problems.append(file.source.problem(in: text, at: error.offset, error.message))
      return nil
    }
    guard let members = rulesByEvent[expression.event] else {
      let isExcused =
        isIncomplete || failedEvents.contains(expression.event)
        || disabledEvents.contains(expression.event) || isDisabled(expression.event)
      if isExcused { return nil }
      problems.append(
        file.source.problem(
          in: text, at: expression.eventOffset,
          "no rule makes the event \"\(expression.event)\"" + hint(forEvent: expression.event)))
      return nil
    }
    if failedEvents.contains(expression.event) { return nil }
    let before = problems.count
    checkCapture(of: expression, in: text, members: members, file: file)
    checkCondition(of: expression, in: text, members: members, file: file)
    return problems.count == before ? expression : nil
  }

  private func hint(forEvent event: String) -> String {
    if let pack = BuiltInPacks.packName(ofEvent: event) {
      return "; the built-in pack \"\(pack)\" has it: add it to --rules"
    }
    return NearestName.hint(event, among: rulesByEvent.keys.sorted())
  }

  private mutating func checkCapture(
    of expression: MeasureExpression, in text: ScalarText, members: [Int], file: RuleFile
  ) {
    guard let capture = expression.capture else { return }
    let kinds = members.compactMap { slotNames[$0][capture]?.kind }
    let message: String
    if kinds.isEmpty {
      let names = Set(members.flatMap { rules[$0].captures.map(\.name) })
      message =
        "no rule of \"\(expression.event)\" has a capture \"\(capture)\""
        + NearestName.hint(capture, among: names.sorted())
    } else if !kinds.contains(where: \.isNumeric) {
      message =
        "capture \"\(capture)\" is a \(kinds[0].name), not a number; list it under captures"
        + " as integer, number or with a unit"
    } else {
      return
    }
    problems.append(file.source.problem(in: text, at: expression.captureOffset, message))
  }

  private mutating func checkCondition(
    of expression: MeasureExpression, in text: ScalarText, members: [Int], file: RuleFile
  ) {
    for test in expression.condition?.tests ?? [] {
      if test.name == ConditionCompiler.severityName {
        if let error = ConditionCompiler.severityMistake(in: test) {
          problems.append(file.source.problem(in: text, at: error.offset, error.message))
        }
        continue
      }
      let kinds = members.compactMap { slotNames[$0][test.name]?.kind }
      if kinds.isEmpty {
        let names = Set(members.flatMap { rules[$0].captures.map(\.name) })
        problems.append(
          file.source.problem(
            in: text, at: test.offset,
            "no rule of \"\(expression.event)\" has a capture \"\(test.name)\""
              + NearestName.hint(
                test.name, among: names.sorted() + [ConditionCompiler.severityName])))
      }
      let mistakes = kinds.compactMap { ConditionCompiler.mistake(in: test, of: $0) }
      if let error = mistakes.first, mistakes.count == kinds.count {
        problems.append(file.source.problem(in: text, at: error.offset, error.message))
      }
    }
  }

  /// The measure of an expression; equal expressions share one.
  mutating func measure(_ expression: MeasureExpression) -> MeasureID {
    let name = expression.written(isValue: false)
    if let known = measures[name] { return known }
    let id = measureNames.count
    measureNames.append(name)
    measureIsSum.append(expression.capture != nil)
    measures[name] = id
    contribute(expression, expression.capture == nil ? .count(id) : .sum(id))
    return id
  }

  mutating func histogram(_ expression: MeasureExpression) -> Int {
    let name = expression.written(isValue: true)
    if let known = histograms[name] { return known }
    let id = histogramNames.count
    histogramNames.append(name)
    histograms[name] = id
    contribute(expression, .value(id))
    return id
  }

  /// Lets every rule of the event feed the target.
  private mutating func contribute(
    _ expression: MeasureExpression, _ target: MatchProgram.Contribution.Target
  ) {
    for index in rulesByEvent[expression.event] ?? [] {
      var slot: Int32 = -1
      if let capture = expression.capture {
        guard let found = slotNames[index][capture], found.kind.isNumeric else { continue }
        slot = found.index
      }
      var condition = ConditionStep.accept
      if let wanted = expression.condition {
        condition = ConditionCompiler.append(wanted, to: &program, slots: slotNames[index])
      }
      contributions[index].append(
        MatchProgram.Contribution(target: target, slot: slot, condition: condition))
    }
  }
}

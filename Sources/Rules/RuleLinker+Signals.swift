import Records

/// Signals: what they count, and the one that an error rule has without being told.
extension RuleLinker {
  mutating func gatherSignals(_ files: [RuleFile]) {
    for event in [RuleSet.requestEvent, RuleSet.errorEvent] where rulesByEvent[event] != nil {
      _ = measure(MeasureExpression(event: event))
    }
    var places: [String: String] = [:]
    for file in files {
      for definition in file.signals {
        let id = definition.id
        if let place = places[id.text] {
          problems.append(
            file.source.problem(
              at: id.position, "duplicate signal id \"\(id.text)\", first at \(place)"))
          continue
        }
        places[id.text] = "\(file.source.name):\(id.position.line)"
        guard !isDisabled(id.text), let signal = signal(definition, of: file) else { continue }
        signals.append(signal)
      }
    }
    addImplicitSignals(taken: Set(places.keys))
    let known = Set(places.keys).union(rules.map(\.id)).union(rulesByEvent.keys)
    for file in files {
      for name in file.signals.flatMap(\.explains) where !known.contains(name.text) {
        problems.append(
          file.source.problem(
            at: name.position,
            "there is no signal \"\(name.text)\" to explain"
              + NearestName.hint(name.text, among: known.sorted())))
      }
    }
  }

  /// One signal for each error rule whose event no signal counts; rules that share an event share
  /// the signal, which then has the event's name.
  private mutating func addImplicitSignals(taken: Set<String>) {
    var done: Set<String> = []
    for index in rules.indices {
      let rule = rules[index]
      guard rule.isError, !rule.deployNoise, !rule.advisory, !countedEvents.contains(rule.event),
        done.insert(rule.event).inserted
      else { continue }
      let members = rulesByEvent[rule.event] ?? []
      let id = members.count > 1 ? rule.event : rule.id
      guard !taken.contains(id), !isDisabled(id) else { continue }
      let severity = members.map { rules[$0].severity }.max() ?? rule.severity
      signals.append(
        Signal(
          id: id, kind: .ratio, about: rule.about, severity: severity, worse: .up,
          required: false, advisory: false, hint: rule.hint,
          count: measure(MeasureExpression(event: rule.event)), exposure: .requestsElseSeconds,
          histogram: nil, quantiles: [], byRoute: false, rule: index))
    }
  }

  private mutating func signal(
    _ definition: RuleFile.SignalDefinition, of file: RuleFile
  ) -> Signal? {
    let before = problems.count
    func report(_ scalar: ScalarText, _ message: String) {
      problems.append(file.source.problem(at: scalar.position, message))
    }
    func word<Value>(
      _ text: ScalarText?, _ what: String, _ make: (String) -> Value?, _ names: [String]
    ) -> Value? {
      guard let text else { return nil }
      if let value = make(text.text) { return value }
      report(
        text,
        "\"\(text.text)\" is not \(what): expected \(names.joined(separator: ", "))"
          + NearestName.hint(text.text, among: names))
      return nil
    }
    let kind = word(
      definition.kind, "a kind", Signal.Kind.init(rawValue:),
      ["rate", "ratio", "proportion", "latency", "silence"])
    let worse = word(
      definition.worse, "a direction", Signal.Direction.init(rawValue:), ["up", "down"])
    let severity =
      word(definition.severity, "a severity", Severity.init(name:), Severity.ruleNames) ?? .error
    _ = word(definition.by, "something to split by", { $0 == "route" ? true : nil }, ["route"])
    guard let kind else { return nil }
    checkKeys(definition, kind: kind, of: file)
    guard problems.count == before else { return nil }
    var signal = Signal(
      id: definition.id.text, kind: kind, about: definition.about, severity: severity,
      worse: worse ?? (kind == .silence ? .down : .up), required: definition.required,
      advisory: definition.advisory || severity < .error, hint: definition.hint, count: nil,
      exposure: .seconds, histogram: nil, quantiles: [], byRoute: definition.by != nil,
      explains: definition.explains.map(\.text), rule: nil)
    var isFed = true
    if let value = definition.value {
      signal.quantiles = quantiles(definition, of: file)
      signal.histogram = expression(value, isValue: true, of: file).flatMap { histogram($0) }
      isFed = isFed && signal.histogram != nil
    }
    var counted: MeasureExpression?
    if let count = definition.count {
      counted = expression(count, isValue: false, of: file)
      signal.count = counted.map { measure($0) }
      if let counted { countedEvents.insert(counted.event) }
      isFed = isFed && counted != nil
    }
    if let per = definition.per {
      guard let exposure = exposure(per, kind: kind, counted: counted, of: file) else { return nil }
      signal.exposure = exposure
    }
    return problems.count == before && isFed ? signal : nil
  }

  /// Each kind needs some keys and has no use for others.
  private mutating func checkKeys(
    _ definition: RuleFile.SignalDefinition, kind: Signal.Kind, of file: RuleFile
  ) {
    var needed: [(String, ScalarText?)] = []
    var useless: [(String, ScalarText?)] = []
    switch kind {
    case .rate, .silence:
      needed = [("count", definition.count)]
      useless = [("value", definition.value)]
    case .ratio, .proportion:
      needed = [("count", definition.count), ("per", definition.per)]
      useless = [("value", definition.value)]
    case .latency:
      needed = [("value", definition.value)]
      useless = [("count", definition.count), ("per", definition.per)]
    }
    if kind != .latency { useless.append(("quantiles", definition.quantiles?.first)) }
    for (key, value) in needed where value == nil {
      problems.append(
        file.source.problem(
          at: definition.position,
          "signal \"\(definition.id.text)\" of kind \(kind.rawValue) needs \(key)"))
    }
    for case (let key, let value?) in useless {
      problems.append(
        file.source.problem(
          at: value.position, "a signal of kind \(kind.rawValue) has no \(key)"))
    }
  }

  private mutating func quantiles(
    _ definition: RuleFile.SignalDefinition, of file: RuleFile
  ) -> [Double] {
    guard let texts = definition.quantiles else { return [0.5, 0.95, 0.99] }
    return texts.compactMap { text in
      if let value = Double(text.text), value > 0, value < 1 { return value }
      problems.append(
        file.source.problem(
          at: text.position, "\"\(text.text)\" is not a quantile: expected a number between 0 and 1"
        ))
      return nil
    }
  }

  private mutating func exposure(
    _ per: ScalarText, kind: Signal.Kind, counted: MeasureExpression?, of file: RuleFile
  ) -> Signal.Exposure? {
    let before = problems.count
    switch (kind, per.text) {
    case (.rate, "seconds"), (.silence, "seconds"): return .seconds
    case (.ratio, "requests-else-seconds"): return .requestsElseSeconds
    case (.rate, _), (.silence, _):
      problems.append(
        file.source.problem(
          at: per.position,
          "a \(kind.rawValue) is counted per second: leave per out, or use kind: ratio"))
      return nil
    default: break
    }
    guard let expression = expression(per, isValue: false, of: file), problems.count == before
    else { return nil }
    if kind == .proportion, let counted {
      if counted.event != expression.event || counted.capture != nil || expression.capture != nil {
        problems.append(
          file.source.problem(
            at: per.position,
            "a proportion is a part of its whole: count and per name the same event and no sum;"
              + " use kind: ratio"))
        return nil
      }
    }
    return .measure(measure(expression))
  }
}

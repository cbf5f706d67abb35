/// Which signals a rule's matches count for.
extension RuleSet {
  /// Signals whose count or histogram the rule adds to, by index.
  package func signals(countedByRule rule: Int) -> [Int] {
    let (measures, histograms) = targets(ofRule: rule)
    return signals.indices.filter { index in
      signals[index].count.map(measures.contains) == true
        || signals[index].histogram.map(histograms.contains) == true
    }
  }

  /// Signals that are only measured against the rule's matches by name; those that are counted per
  /// request where there are any are left out.
  package func signals(measuredAgainstRule rule: Int) -> [Int] {
    let (measures, _) = targets(ofRule: rule)
    let counted = Set(signals(countedByRule: rule))
    return signals.indices.filter { index in
      guard !counted.contains(index), case .measure(let exposure) = signals[index].exposure else {
        return false
      }
      return measures.contains(exposure)
    }
  }

  /// Whether the rule's matches are the requests that other signals are counted by.
  package func isRequest(rule: Int) -> Bool { rules[rule].event == Self.requestEvent }

  /// Signals that one record adds to.
  package func signals(fedBy observation: Observation) -> [Int] {
    guard !observation.hits.isEmpty || !observation.values.isEmpty else { return [] }
    return signals.indices.filter { index in
      observation.hits.contains { $0.measure == signals[index].count }
        || observation.values.contains { $0.histogram == signals[index].histogram }
    }
  }

  private func targets(ofRule rule: Int) -> (measures: Set<MeasureID>, histograms: Set<Int>) {
    var measures: Set<MeasureID> = []
    var histograms: Set<Int> = []
    for place in program.plans[rule].contributions {
      switch program.contributions[Int(place)].target {
      case .count(let measure), .sum(let measure): measures.insert(measure)
      case .value(let histogram): histograms.insert(histogram)
      }
    }
    return (measures, histograms)
  }

  /// What a signal compares: `http.request where status >= 500 per http.request`.
  package func meaning(ofSignal index: Int) -> String {
    let signal = signals[index]
    if let histogram = signal.histogram { return histogramNames[histogram] }
    let count = signal.count.map { measureNames[$0] } ?? ""
    switch signal.exposure {
    case .measure(let measure): return "\(count) per \(measureNames[measure])"
    case .seconds: return "\(count) per second"
    case .requestsElseSeconds: return "\(count) per request, per second where there are none"
    }
  }
}

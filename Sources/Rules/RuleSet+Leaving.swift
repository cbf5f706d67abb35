extension RuleSet {
  /// The same rules without some signals: their events are still counted.
  package func leaving(_ isLeft: (Signal) -> Bool) -> RuleSet {
    RuleSet(
      rules: rules, signals: signals.filter { !isLeft($0) }, packs: packs,
      measureNames: measureNames, measureIsSum: measureIsSum, histogramNames: histogramNames,
      requestMeasure: requestMeasure, errorMeasure: errorMeasure, program: program)
  }
}

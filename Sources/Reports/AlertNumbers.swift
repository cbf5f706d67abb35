package import Judgement
package import Windows

/// The numbers and the place of an alert as reports write them, for messages that others lay out.
package struct AlertNumbers: Sendable {
  package let before: String
  package let after: String
  package let ratio: String

  package init(_ alert: Alert) {
    if alert.kind == "new" {
      before = "never in \(NumberText.exposure(alert.baseline, alert.unit))"
      after = NumberText.fraction(alert.candidate, alert.unit)
      ratio = ""
    } else if alert.signal == Judge.linesName {
      (before, after, ratio) = ("", "", "")
    } else {
      before = NumberText.rate(alert.baseline, alert.unit)
      after =
        NumberText.rate(alert.candidate, alert.unit)
        + (alert.unit == .requests ? " of requests" : "")
      ratio = alert.ratio.map { NumberText.ratio($0) } ?? ""
    }
  }
}

extension WatchFacts {
  /// Where a sample stands: `app.log:1843`.
  package func place(of sample: Sample) -> String {
    let name = LogText.printable(name(ofFile: sample.file))
    return name == Self.standardInput
      ? "standard input, line \(sample.lineNumber)" : "\(name):\(sample.lineNumber)"
  }

  /// The lines of a sample, redacted and printable.
  package func lines(of sample: Sample) -> [String] { LogText.lines(redacted(sample)) }
}

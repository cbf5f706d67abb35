package import Judgement

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a signal did or did not alarm, as text.
package enum ArithmeticText {
  package static func render(_ answer: SignalArithmetic, alpha: Double, _ style: Style) -> String {
    var lines = [
      "why \(style.bold(LogText.printable(answer.subject.text))) "
        + (answer.isRegressed ? "alarmed: " : "did not alarm: ") + LogText.printable(answer.because)
    ]
    func add(_ name: String, _ text: String) {
      lines.append("  \(name.padded(to: 16))\(text)")
    }
    if let signature = answer.signature { add("signature", LogText.printable(signature)) }
    add("before", side(answer.baseline, answer.unit))
    add("after", side(answer.candidate, answer.unit))
    if answer.settlingCount > 0 {
      add("in the restart", "\(NumberText.count(answer.settlingCount)) more, not judged")
    }
    if let ratio = answer.ratio { add("ratio", NumberText.ratio(ratio) + ", valid at every look") }
    if let margin = answer.margin {
      add(
        "worth an alert",
        "\(margin < 1 ? "below" : "above") ×\(NumberText.decimal(margin, significant: 3))")
    }
    if let dispersion = answer.dispersion { add("burstiness", burstiness(dispersion, answer)) }
    for channel in answer.channels {
      add(
        "evidence", "\(NumberText.odds(channel.logEvidence)) against chance by \(channel.name)")
    }
    if answer.stake < 1 {
      add(
        "stake",
        "\(NumberText.decimal(answer.stake * 100, significant: 2)) % of it counts: fewer than 400 events "
          + "before the release cannot show that bursts exist")
    }
    if let threshold = answer.logThreshold {
      add(
        "odds",
        "\(NumberText.odds(answer.logEvidence)) now, \(NumberText.odds(answer.logEvidenceLargest)) at "
          + "most, \(NumberText.odds(threshold)) needed"
          + (answer.alphaShare.map {
            " (its part of alpha \(NumberText.decimal(alpha, significant: 2)) is "
              + "\(NumberText.decimal($0, significant: 2)))"
          } ?? ""))
    }
    if !answer.isRegressed { lines += whatWouldChange(answer).map { "  " + $0 } }
    for known in answer.known {
      add(
        "seen before",
        "\(NumberText.count(known.before)) times, \(NumberText.count(known.after)) since: "
          + LogText.printable(known.text))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func side(_ counted: Counted, _ unit: ExposureUnit) -> String {
    guard counted.exposure > 0 else { return "nothing" }
    return "\(NumberText.fraction(counted, unit)), \(NumberText.rate(counted, unit))"
  }

  private static func burstiness(_ dispersion: Double, _ answer: SignalArithmetic) -> String {
    let number = NumberText.decimal(dispersion, significant: 3)
    if answer.kind == Judge.newName { return "\(number), assumed: nothing is known of a new kind" }
    if answer.isDispersionUnknown { return "\(number), assumed: the baseline cannot show it" }
    return dispersion <= 1
      ? "\(number): events come singly" : "\(number): \(number) times the variance of single events"
  }

  /// What would have changed the answer.
  private static func whatWouldChange(_ answer: SignalArithmetic) -> [String] {
    var lines: [String] = []
    if let seconds = answer.secondsToAlarm {
      lines.append(
        "if it stays as it is, it would alarm in about \(NumberText.duration(seconds: seconds))")
    }
    if let seconds = answer.secondsToSeeDouble {
      lines.append(
        "twice the rate of before, from now on, would be seen in about "
          + NumberText.duration(seconds: seconds))
    }
    return lines
  }
}

import Records

/// The restarts and changes of version that a log tells of, offered as release moments.
enum ReleaseMarksText {
  private static let shownMarks = 6

  static func lines(_ facts: DoctorFacts, _ style: Style) -> [String] {
    let marks = facts.offeredMarks
    guard let newest = marks.last else { return [] }
    var lines = ["", style.bold("release marks")]
    if marks.count > shownMarks {
      lines.append("  … \(NumberText.count(marks.count - shownMarks)) older (--format json)")
    }
    lines += marks.suffix(shownMarks).map { "  \($0.at.rfc3339)  \(text($0))" }
    return lines + ["  if the last of them is your release: watch --at \(newest.at.rfc3339)"]
  }

  private static func text(_ mark: OfferedMark) -> String {
    let input = LogText.printable(mark.input)
    guard let version = mark.version else {
      let records = mark.records == 1 ? "1 record" : "\(NumberText.count(mark.records)) records"
      return "restart: \(mark.rule ?? ""), \(records) in \(input)"
    }
    return "version \(LogText.printable(version.name)) after \(LogText.printable(version.before)) "
      + "in \(input)"
  }
}

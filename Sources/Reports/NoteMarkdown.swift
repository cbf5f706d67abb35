import Judgement
import Records

/// A release's note as Markdown.
package enum NoteMarkdown {
  package static func render(_ note: ReleaseNote) -> String {
    var lines = ["# " + MarkdownText.escaped(note.title), ""]
    lines += note.facts.map { "- \($0.name): \(MarkdownText.escaped($0.text))" }
    if !note.warnings.isEmpty {
      lines += ["", "## To know", ""]
      lines += note.warnings.map { "- " + MarkdownText.escaped($0) }
    }
    if !note.rows.isEmpty {
      lines += [
        "", "## Before and after", "", "| signal | verdict | before | after | change |",
        "| --- | --- | ---: | ---: | --- |",
      ]
      lines += note.rows.map { row in
        "| \(MarkdownText.code(row.signal)) | \(row.state) | \(row.before) | \(row.after) | "
          + "\(MarkdownText.escaped(row.ratio)) |"
      }
    }
    lines += pictures(note)
    if !note.events.isEmpty {
      lines += [
        "", "## Alerts", "", "| time | state | signal | what |", "| --- | --- | --- | --- |",
      ]
      lines += note.events.map { event in
        "| \(event.time) | \(event.state) | \(MarkdownText.code(event.signal)) | "
          + "\(MarkdownText.escaped(event.text)) |"
      }
    }
    if !note.evidence.isEmpty { lines += ["", "## Evidence"] }
    for event in note.evidence {
      lines += [
        "", "\(MarkdownText.code(event.signal)), \(MarkdownText.code(event.place ?? ""))", "",
      ]
      lines += MarkdownText.block(event.sample)
      if let hint = event.hint { lines += ["", MarkdownText.escaped(hint)] }
    }
    if let rollback = note.rollback {
      lines += ["", "## Rollback", "", MarkdownText.escaped(LogText.printable(rollback))]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Rates over time as a row of blocks, the release as a bar.
  private static func pictures(_ note: ReleaseNote) -> [String] {
    guard let memo = note.memo, let charts = memo.charts, !charts.isEmpty else { return [] }
    let width = charts.map(\.signal.count).max() ?? 0
    let rows = charts.map { chart in
      let picture = RatePicture(chart, release: memo.at)
      let pad = String(repeating: " ", count: width - chart.signal.count)
      return "\(chart.signal)\(pad)  \(picture.blocks)  up to \(picture.largest)"
    }
    return ["", "## Over time", ""] + MarkdownText.block(rows)
  }
}

/// Rates of the buckets of a chart.
struct RatePicture {
  let rates: [Double?]
  /// Buckets before the release.
  let before: Int
  private let unit: ExposureUnit

  init(_ chart: WatchMemo.Chart, release: Int64) {
    rates = zip(chart.counts, chart.exposures).map { $1 > 0 ? $0 / $1 : nil }
    unit = ExposureUnit(rawValue: chart.unit) ?? .units
    let seconds = Double(release - chart.start) / 1e9
    before = max(0, min(rates.count, Int((seconds / max(chart.bucketSeconds, 1e-9)).rounded())))
  }

  var top: Double { max(rates.compactMap(\.self).max() ?? 0, 1e-12) }

  /// The largest rate in words.
  var largest: String { text(top) }

  func text(_ rate: Double) -> String {
    NumberText.rate(Counted(count: rate, exposure: 1), unit)
  }

  private static let blocks = Array(" ▁▂▃▄▅▆▇█")

  /// Eight heights, at most 60 columns.
  var blocks: String {
    let step = max(1, (rates.count + 59) / 60)
    func row(_ range: Range<Int>) -> String {
      String(
        stride(from: range.lowerBound, to: range.upperBound, by: step).map { start in
          let some = rates[start..<min(start + step, range.upperBound)].compactMap(\.self)
          guard let largest = some.max() else { return Self.blocks[0] }
          return Self.blocks[1 + min(7, Int(largest / top * 7.999))]
        })
    }
    return row(0..<before) + "|" + row(before..<rates.count)
  }
}

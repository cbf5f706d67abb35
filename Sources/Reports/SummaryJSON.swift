import Judgement
import Records
import Redaction
import Windows

/// The object of `summary --format json`, schema version 1.
package enum SummaryJSON {
  package static let version = 1

  package static func render(_ facts: SummaryFacts) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", version)
      writer.member("event", "summary")
      writer.member("job", facts.job)
      writer.key("lines")
      writer.object { writer in
        writer.member("read", facts.lines)
        writer.member("unparsed", facts.reading.unparsedLines)
        writer.member("late", facts.lateLines)
        writer.member("outside", facts.reading.outsideLines)
      }
      writer.member("from", facts.from?.rfc3339)
      writer.member("to", facts.to?.rfc3339)
      writer.member("first", facts.isFirst)
      writer.member("noteworthy", facts.isNoteworthy)
      writer.member("verdict", facts.verdict?.outcome.rawValue)
      writer.key("history")
      writer.object { writer in
        writer.member("from", facts.historyFrom?.rfc3339)
        writer.member("to", facts.historyTo?.rfc3339)
      }
      writer.key("alerts")
      writer.array(facts.verdict?.alerts ?? []) { writer, alert in
        writer.object { members(of: alert, facts, &$0) }
      }
      writer.key("signals")
      writer.array(facts.verdict?.signals ?? []) { WatchJSON.signal($1, &$0) }
      writer.key("errors")
      writer.array(facts.errors) { writer, error in
        writer.object { writer in
          writer.member("signal", error.signal)
          writer.member("count", error.count)
          writer.member("sample", error.sample.map { text($0, facts) })
        }
      }
      writer.key("measured")
      writer.array(facts.measured) { WatchJSON.quantiles($1, &$0) }
      writer.key("files")
      writer.array(facts.files.filter { $0.lines > 0 }) { writer, file in
        writer.object { writer in
          writer.member("file", file.name)
          writer.member("lines", file.lines)
        }
      }
      writer.key("skipped")
      WatchJSON.skipped(facts.reading, &writer)
      writer.key("problems")
      writer.array(facts.problems) { $0.value($1) }
      writer.key("cautions")
      writer.array(facts.verdict?.cautions ?? []) { $0.value($1) }
    }
    return writer.text + "\n"
  }

  private static func members(
    of alert: Alert, _ facts: SummaryFacts, _ writer: inout JSONWriter
  ) {
    WatchJSON.members(of: alert, &writer)
    writer.member("sample", alert.sample.map { text($0, facts) })
    writer.member("file", alert.sample.map { facts.name(ofFile: $0.file) })
    writer.member("line", alert.sample?.lineNumber)
    writer.member("hint", alert.hint)
  }

  private static func text(_ sample: Sample, _ facts: SummaryFacts) -> String {
    String(decoding: facts.redactor.redact(sample.text, isCut: sample.isCut), as: UTF8.self)
  }
}

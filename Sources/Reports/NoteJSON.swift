import Judgement
import Records

/// A release's note as one JSON object, schema version 1.
package enum NoteJSON {
  package static func render(_ note: ReleaseNote) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", 1)
      writer.member("event", "note")
      writer.member("release", note.name)
      writer.member("at", note.at.rfc3339)
      writer.member("ended", note.ended?.rfc3339)
      writer.member("outcome", note.outcome)
      writer.member("owner", note.owner)
      writer.member("expect", note.expectation)
      writer.member("rollback", note.rollback)
      writer.member("verdict", note.memo?.outcome)
      writer.member("status", note.memo?.status)
      writer.key("warnings")
      writer.array(note.warnings) { $0.value($1) }
      writer.key("signals")
      writer.array(note.memo?.signals ?? []) { signal($1, &$0) }
      writer.key("alerts")
      writer.array(note.memo?.alerts ?? []) { alert($1, &$0) }
      writer.key("quantiles")
      writer.array(note.memo?.quantiles ?? []) { writer, quantile in
        writer.object { writer in
          writer.member("signal", quantile.signal)
          writer.member("share", quantile.share)
          writer.member("baseline", quantile.baseline)
          writer.member("candidate", quantile.candidate)
        }
      }
      writer.key("charts")
      writer.array(note.memo?.charts ?? []) { chart($1, &$0) }
    }
    return writer.text + "\n"
  }

  private static func signal(_ signal: WatchMemo.Signal, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("signal", signal.signal)
      writer.member("kind", signal.kind)
      writer.member("state", signal.state)
      writer.member("per", signal.unit)
      counted("baseline", signal.baseline, &writer)
      counted("candidate", signal.candidate, &writer)
      ratio(signal.ratio, &writer)
      writer.member("reason", signal.reason)
      writer.member("silenced", signal.silenced?.reason)
    }
  }

  private static func alert(_ alert: WatchMemo.Alert, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("state", alert.state)
      writer.member("signal", alert.signal)
      writer.member("kind", alert.kind)
      writer.member("at", Timestamp(nanoseconds: alert.at).rfc3339)
      writer.member("first", alert.first.map { Timestamp(nanoseconds: $0).rfc3339 })
      counted("baseline", alert.baseline, &writer)
      counted("candidate", alert.candidate, &writer)
      ratio(alert.ratio, &writer)
      writer.member("sample", alert.sample)
      writer.member("place", alert.place)
      writer.member("hint", alert.hint)
      writer.member("silenced", alert.silenced?.reason)
    }
  }

  private static func chart(_ chart: WatchMemo.Chart, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("signal", chart.signal)
      writer.member("per", chart.unit)
      writer.member("start", Timestamp(nanoseconds: chart.start).rfc3339)
      writer.member("seconds", chart.bucketSeconds)
      writer.key("counts")
      writer.array(chart.counts) { $0.value($1) }
      writer.key("exposures")
      writer.array(chart.exposures) { $0.value($1) }
    }
  }

  private static func counted(
    _ name: String, _ count: WatchMemo.Count, _ writer: inout JSONWriter
  ) {
    writer.key(name)
    writer.object { writer in
      writer.member("count", count.count)
      writer.member("exposure", count.exposure)
      writer.member("rate", count.counted.rate)
    }
  }

  private static func ratio(_ ratio: WatchMemo.Ratio?, _ writer: inout JSONWriter) {
    writer.key("ratio")
    guard let ratio else { return writer.value(String?.none) }
    writer.object { writer in
      writer.member("estimate", ratio.estimate)
      writer.member("low", ratio.low)
      writer.member("high", ratio.high)
    }
  }
}

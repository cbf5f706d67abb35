package import Judgement
import Records
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The JSON lines of `watch --format json`, schema version 1.
package enum WatchJSON {
  package static let version = 1

  /// The first line: what is compared with what.
  package static func started(_ facts: WatchFacts, _ reading: ReadingFacts) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", version)
      writer.member("event", "started")
      writer.member("release", facts.release)
      writer.member("at", facts.at.rfc3339)
      writer.key("inputs")
      writer.array(facts.inputs) { $0.value($1) }
      writer.member("rules", facts.ruleCount)
      writer.key("baseline")
      writer.object { writer in
        writer.member("from", reading.baselineFrom?.rfc3339)
        writer.member("to", reading.baselineTo?.rfc3339)
        writer.member("lines", reading.baselineLines)
        writer.member("requests", reading.baselineRequests)
      }
      labels(facts, &writer)
    }
    return writer.text
  }

  package static func alert(_ alert: Alert, _ facts: WatchFacts) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", version)
      writer.member("event", "alert")
      members(of: alert, &writer)
      writer.member(
        "sample",
        alert.sample.map { String(decoding: facts.redacted($0), as: UTF8.self) })
      writer.member("file", alert.sample.map { facts.name(ofFile: $0.file) })
      writer.member("line", alert.sample?.lineNumber)
      writer.member("offset", alert.sample.map { Int($0.offset) })
      writer.member("hint", alert.hint)
      writer.member("release", facts.release)
      labels(facts, &writer)
    }
    return writer.text
  }

  /// The last line. It names no file and no line number, so that the same records in other pieces
  /// give the same bytes.
  package static func verdict(
    _ verdict: Verdict, status: Int, _ facts: WatchFacts, _ reading: ReadingFacts,
    measured: [Measured]
  ) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", version)
      writer.member("event", "verdict")
      writer.member("verdict", verdict.outcome.rawValue)
      writer.member("status", status)
      writer.member("release", facts.release)
      people(facts, &writer)
      writer.key("lines")
      writer.object { writer in
        writer.member("baseline", reading.baselineLines)
        writer.member("candidate", reading.candidateLines)
        writer.member("unparsed", reading.unparsedLines)
        writer.member("outside", reading.outsideLines)
      }
      writer.key("signals")
      writer.array(verdict.signals) { signal($1, &$0) }
      writer.key("alerts")
      writer.array(verdict.alerts) { writer, alert in
        writer.object { members(of: alert, &$0) }
      }
      writer.key("measured")
      writer.array(measured) { quantiles($1, &$0) }
      writer.key("skipped")
      skipped(reading, &writer)
      writer.key("blindness")
      writer.array(verdict.blindness) { $0.value($1) }
      writer.key("cautions")
      writer.array(verdict.cautions) { $0.value($1) }
    }
    return writer.text
  }

  static func skipped(_ reading: ReadingFacts, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("truncated_lines", reading.truncatedLines)
      writer.member("unreadable_files", reading.unreadableFiles)
      writer.member("unsupported_compression", reading.unsupportedCompression)
      writer.member("nul_bytes", reading.nulBytes)
    }
  }

  /// Why a signal did or did not alarm.
  package static func explanation(_ answer: SignalArithmetic) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", version)
      writer.member("event", "explanation")
      writer.member("signal", answer.subject.signal)
      writer.member("route", answer.subject.route)
      writer.member("kind", answer.kind)
      writer.member("alarmed", answer.isRegressed)
      writer.member("because", answer.because)
      writer.member("signature", answer.signature)
      counted("baseline", answer.baseline, &writer)
      counted("candidate", answer.candidate, &writer)
      writer.member("settling", answer.settlingCount)
      ratio(answer.ratio, &writer)
      writer.member("margin", answer.margin)
      writer.member("dispersion", answer.dispersion)
      writer.member("dispersion_assumed", answer.isDispersionUnknown)
      writer.member("alpha_share", answer.alphaShare)
      writer.member("stake", answer.stake)
      writer.key("evidence")
      evidence(answer.logEvidence, answer.logThreshold, &writer)
      writer.key("channels")
      writer.array(answer.channels) { writer, channel in
        writer.object { writer in
          writer.member("name", channel.name)
          writer.member("e", exp(min(channel.logEvidence, 690)))
        }
      }
      writer.member("seconds_to_alarm", answer.secondsToAlarm)
      writer.member("seconds_to_see_double", answer.secondsToSeeDouble)
      writer.key("known")
      writer.array(answer.known) { writer, known in
        writer.object { writer in
          writer.member("signature", known.text)
          writer.member("baseline", known.before)
          writer.member("candidate", known.after)
        }
      }
    }
    return writer.text
  }

  private static func labels(_ facts: WatchFacts, _ writer: inout JSONWriter) {
    writer.member("service", facts.service)
    writer.member("env", facts.environment)
    people(facts, &writer)
  }

  private static func people(_ facts: WatchFacts, _ writer: inout JSONWriter) {
    writer.member("owner", facts.owner)
    writer.member("expect", facts.expectation)
    writer.member("rollback", facts.rollback)
  }

  static func members(of alert: Alert, _ writer: inout JSONWriter) {
    writer.member("state", alert.state.rawValue)
    writer.member("signal", alert.signal)
    writer.member("kind", alert.kind)
    writer.member("severity", alert.severity.name)
    writer.member("route", alert.route)
    writer.member("at", alert.at.rfc3339)
    writer.member("first", alert.first?.rfc3339)
    writer.member("since", alert.since?.rfc3339)
    if let edge = alert.slowerThanSeconds { writer.member("slower_than", edge) }
    counted("baseline", alert.baseline, &writer)
    counted("candidate", alert.candidate, &writer)
    ratio(alert.ratio, &writer)
    writer.key("evidence")
    evidence(alert.logEvidence, alert.logThreshold, &writer)
    story(alert.story, &writer)
    writer.member(
      "signature", alert.signature ?? (alert.kind == Judge.newName ? alert.signal : nil))
    silenced(alert.mute, &writer)
  }

  private static func silenced(_ mute: Mute?, _ writer: inout JSONWriter) {
    writer.key("silenced")
    guard let mute else { return writer.value(String?.none) }
    writer.object { writer in
      writer.member("until", mute.until.rfc3339)
      writer.member("reason", mute.reason)
    }
  }

  static func signal(_ signal: SignalVerdict, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("signal", signal.signal)
      writer.member("kind", signal.kind)
      writer.member("route", signal.route)
      writer.member("severity", signal.severity.name)
      writer.member("required", signal.isRequired)
      writer.member("advisory", signal.isAdvisory)
      writer.member("state", signal.state.rawValue)
      writer.member("per", signal.unit.rawValue)
      if let edge = signal.slowerThanSeconds { writer.member("slower_than", edge) }
      writer.member("lower_bound", signal.isLowerBound)
      if let signature = signal.signature { writer.member("signature", signature) }
      if let cause = signal.explainedBy { writer.member("explained_by", cause) }
      story(signal.story, &writer)
      counted("baseline", signal.baseline, &writer)
      counted("candidate", signal.candidate, &writer)
      ratio(signal.ratio, &writer)
      writer.key("evidence")
      evidence(signal.logEvidence, signal.logThreshold, &writer)
      writer.member("dispersion", signal.dispersion)
      writer.member("settling", signal.settlingCount)
      writer.member("reason", signal.reason)
      silenced(signal.mute, &writer)
      writer.key("needs")
      if let needs = signal.needs {
        writer.object { writer in
          writer.member("requests", needs.requests.map { $0.rounded(.up) })
          writer.member("seconds", needs.seconds.rounded(.up))
        }
      } else {
        writer.value(String?.none)
      }
    }
  }

  /// The more specific alarm of the same failure, where there is one.
  private static func story(_ story: Subject?, _ writer: inout JSONWriter) {
    guard let story else { return }
    writer.key("story")
    writer.object { writer in
      writer.member("signal", story.signal)
      writer.member("route", story.route)
    }
  }

  private static func counted(_ name: String, _ counted: Counted, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      writer.member("count", counted.count)
      writer.member("exposure", counted.exposure)
      writer.member("rate", counted.rate)
    }
  }

  private static func ratio(_ ratio: RatioEstimate?, _ writer: inout JSONWriter) {
    writer.key("ratio")
    guard let ratio else { return writer.value(String?.none) }
    writer.object { writer in
      writer.member("estimate", ratio.estimate)
      writer.member("low", ratio.low)
      writer.member("high", ratio.high)
    }
  }

  /// e-values, not their logarithms; capped so that JSON can carry them.
  private static func evidence(
    _ logEvidence: Double, _ logThreshold: Double?, _ writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("e", exp(min(logEvidence, 690)))
      writer.member("threshold", logThreshold.map { exp(min($0, 690)) })
    }
  }

  static func quantiles(_ measured: Measured, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("signal", measured.signal)
      for (name, histogram) in [
        ("baseline", measured.baseline), ("candidate", measured.candidate),
      ] {
        writer.key(name)
        writer.object { writer in
          writer.member("count", histogram.count)
          for share in measured.quantiles {
            writer.member(
              "p" + NumberText.decimal(share * 100, significant: 4), histogram.quantile(share))
          }
        }
      }
    }
  }
}

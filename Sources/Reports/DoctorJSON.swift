import Judgement
import Records
import Rules
import Windows

/// `doctor --format json`: one object.
package enum DoctorJSON {
  package static let version = 1

  package static func render(_ facts: DoctorFacts, status: Int) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", version)
      writer.member("event", "doctor")
      writer.member("status", status)
      writer.member("usable", facts.isUsable)
      writer.member("timezone", facts.zone)
      writer.key("inputs")
      writer.array(facts.inputs) { input($1, facts, &$0) }
      writer.key("problems")
      writer.array(facts.problems) { $0.value($1) }
      writer.key("marks")
      writer.array(facts.offeredMarks) { mark($1, &$0) }
      writer.key("forecast")
      if let forecast = facts.forecast {
        self.forecast(forecast, &writer)
      } else {
        writer.value(String?.none)
      }
      writer.member("obstacle", facts.obstacle)
    }
    return writer.text
  }

  private static func input(
    _ input: DoctorInput, _ facts: DoctorFacts, _ writer: inout JSONWriter
  ) {
    let census = input.census
    writer.object { writer in
      writer.member("input", input.name)
      writer.member("usable", input.obstacles.isEmpty)
      writer.key("obstacles")
      writer.array(input.obstacles) { $0.value($1) }
      writer.key("files")
      writer.array(input.files) { writer, file in
        writer.object { writer in
          writer.member("file", file.name)
          writer.member("compression", file.compression)
          writer.member("bytes", Int(file.bytes))
          writer.member("rotated", file.isSibling)
        }
      }
      writer.member("rotation", input.rotation)
      writer.member("lines", census.lines)
      writer.member("records", census.records)
      writer.member("joined_records", census.joinedRecords)
      writer.key("formats")
      writer.object { writer in
        for (format, lines) in input.formats { writer.member(format.rawValue, lines) }
      }
      writer.key("times")
      writer.object { writer in
        writer.member("own", census.stampedLines)
        writer.member("inherited", census.inheritedLines)
        writer.member("none", census.timelessLines)
        writer.member("from", census.first?.rfc3339)
        writer.member("to", census.last?.rfc3339)
        writer.member("records_behind", input.recordsBehind)
      }
      writer.key("severities")
      writer.object { writer in
        for (severity, count) in census.severities.sorted(by: { $0.key > $1.key }) {
          writer.member(severity.name, count)
        }
      }
      measurable(census, &writer)
      writer.key("rules")
      writer.object { writer in
        for (name, count) in DoctorText.matches(census, facts) { writer.member(name, count) }
      }
      writer.member("truncated_lines", input.truncatedLines)
      writer.member("nul_bytes", input.nulBytes)
      writer.member("damaged_files", input.damagedFiles)
      writer.key("missing")
      writer.array(input.lacks) { $0.value($1.rawValue) }
      writer.key("remedies")
      writer.array(input.remedies(among: facts.inputs)) { remedy($1, &$0) }
    }
  }

  private static func measurable(_ census: InputCensus, _ writer: inout JSONWriter) {
    writer.key("requests")
    writer.object { writer in
      writer.member("count", census.requests.count)
      writer.member("latency", census.requests.withDuration)
      writer.member("cache", census.requests.withCache)
      writer.member("database_calls", census.requests.withDatabaseCalls)
      writer.member("database_time", census.requests.withDatabaseTime)
    }
    writer.member("database_statements", census.databaseStatements)
  }

  private static func remedy(_ remedy: Remedy, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("program", remedy.program)
      writer.key("brings")
      writer.array(remedy.brings) { $0.value($1.rawValue) }
      writer.member("place", remedy.place)
      writer.key("lines")
      writer.array(remedy.lines) { $0.value($1) }
      writer.member("note", remedy.note)
    }
  }

  private static func mark(_ mark: OfferedMark, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("at", mark.at.rfc3339)
      writer.member("kind", mark.kind)
      writer.member("rule", mark.rule)
      writer.member("version", mark.version?.name)
      writer.member("before", mark.version?.before)
      writer.member("records", mark.records)
      writer.member("input", mark.input)
    }
  }

  private static func forecast(_ forecast: DoctorForecast, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("from", forecast.from.rfc3339)
      writer.member("at", forecast.at.rfc3339)
      writer.member("window_seconds", forecast.windowSeconds)
      writer.member("lines", forecast.lines)
      writer.member("requests", forecast.requests)
      writer.member("alpha", forecast.alpha)
      writer.member("watch_seconds", forecast.watchSeconds)
      writer.member("healthy_seconds", forecast.healthySeconds)
      writer.key("signals")
      writer.array(forecast.signals) { writer, signal in
        writer.object { writer in
          writer.member("signal", signal.signal.id)
          writer.member("kind", signal.signal.shownKind)
          writer.member("required", signal.isRequired)
          writer.member("per", signal.unit.rawValue)
          writer.member("count", signal.baseline.count)
          writer.member("exposure", signal.baseline.exposure)
          writer.member("dispersion", signal.dispersion)
          if let edge = signal.slowerThanSeconds { writer.member("median_seconds", edge) }
          writer.key("rises")
          writer.array(signal.expected) { writer, rise in
            writer.object { writer in
              writer.member("ratio", rise.ratio)
              writer.member("seconds", rise.seconds)
            }
          }
          writer.member("least_rate_in_10_min", signal.leastRate)
          writer.member("healthy_seconds", signal.healthySeconds)
        }
      }
      writer.key("cautions")
      writer.array(forecast.cautions) { $0.value($1) }
    }
  }
}

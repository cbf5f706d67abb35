import Records

/// The first line of `compare --format json`; the verdict of a watch follows it.
package enum CompareJSON {
  package static func compared(_ facts: CompareFacts) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("v", WatchJSON.version)
      writer.member("event", "compared")
      writer.member("alpha", facts.alpha)
      side("a", facts.a, &writer)
      side("b", facts.b, &writer)
      writer.key("mix")
      writer.object { writer in
        writer.member("overlap", facts.overlap)
        writer.member("corrected", facts.isMixed)
        writer.member("obstacle", facts.mixObstacle)
        writer.key("moved")
        writer.array(facts.moved) { writer, route in
          writer.object { writer in
            writer.member("route", route.route)
            writer.member("a", route.a)
            writer.member("b", route.b)
          }
        }
        writer.key("effects")
        writer.array(facts.effects) { writer, effect in
          writer.object { writer in
            writer.member("signal", effect.signal)
            writer.key("as_they_stand")
            writer.array([effect.asTheyStand.a, effect.asTheyStand.b]) { $0.value($1) }
            writer.key("at_one_mix")
            writer.array([effect.atOneMix.a, effect.atOneMix.b]) { $0.value($1) }
          }
        }
      }
    }
    return writer.text
  }

  private static func side(
    _ name: String, _ side: CompareFacts.Side, _ writer: inout JSONWriter
  ) {
    writer.key(name)
    writer.object { writer in
      writer.key("inputs")
      writer.array(side.inputs) { $0.value($1) }
      writer.member("lines", side.lines)
      writer.member("requests", side.requests)
      writer.member("from", side.from?.rfc3339)
      writer.member("to", side.to?.rfc3339)
      writer.key("formats")
      writer.object { writer in
        for format in side.formats { writer.member(format.name, format.lines) }
      }
      writer.key("only")
      writer.object { writer in
        writer.key("routes")
        writer.array(side.routesOnly) { writer, route in
          writer.object { writer in
            writer.member("route", route.route)
            writer.member("requests", route.requests)
            writer.member("failures", route.failures)
          }
        }
        for (what, items) in [("rules", side.rulesOnly), ("formats", side.formatsOnly)] {
          writer.key(what)
          writer.object { writer in
            for item in items { writer.member(item.name, item.count) }
          }
        }
      }
    }
  }
}

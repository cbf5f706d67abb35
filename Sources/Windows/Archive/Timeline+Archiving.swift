import Records
package import Rules

extension Timeline {
  /// The windows of a span as an archive.
  ///
  /// - Parameters:
  ///   - inputs: the names of the logical inputs, by index.
  ///   - hasTotals: whether what is known of all windows together goes into this archive; where a
  ///     timeline is stored in several, it goes into one.
  package func archive(
    _ span: Range<Int>, rules: RuleSet, inputs: [String], hasTotals: Bool = true
  ) -> [UInt8] {
    let windows = span.map { self[$0] }
    var sections: [(WindowArchive.Section, ArchiveWriter)] = [
      (.lines, Self.lines(windows)),
      (.measures, Self.measures(windows, rules)),
      (.histograms, Self.histograms(windows, rules)),
      (.inputs, lines(of: inputs, in: span)),
    ]
    sections.append((.routes, routes(rules, in: span, hasTotals: hasTotals)))
    sections.append((.signatures, signatures(rules, hasTotals: hasTotals)))
    if hasTotals { sections += [(.rules, matches(rules)), (.times, times)] }
    return WindowArchive.bytes(
      widthNanoseconds: plan.widthNanoseconds, start: plan.start(of: span.lowerBound),
      count: span.count, sections: sections)
  }

  private static func lines(_ windows: [Window]) -> ArchiveWriter {
    var writer = ArchiveWriter()
    for window in windows {
      writer.number(window.lines)
      guard window.lines > 0 || window.records > 0 else { continue }
      writer.number(window.records)
      writer.number(window.unstampedRecords)
      writer.number(window.ratedRecords)
    }
    return writer
  }

  /// All names that the rules count stand in the archive, so that it is known what it could not count.
  private static func measures(_ windows: [Window], _ rules: RuleSet) -> ArchiveWriter {
    var writer = ArchiveWriter()
    writer.names(rules.measureNames)
    for window in windows {
      let amounts = window.measures.filled
      writer.number(amounts.count)
      var last = 0
      for (measure, amount) in amounts {
        writer.number(measure - last)
        last = measure
        writer.amount(amount)
      }
    }
    return writer
  }

  private static func histograms(_ windows: [Window], _ rules: RuleSet) -> ArchiveWriter {
    var writer = ArchiveWriter()
    writer.names(rules.histogramNames)
    for window in windows {
      let filled = window.histograms.indices.filter { window.histograms[$0].count > 0 }
      writer.number(filled.count)
      for index in filled {
        let histogram = window.histograms[index]
        writer.number(index)
        writer.number(histogram.zeroCount)
        writer.signed(Int64(histogram.indexFirst))
        writer.number(histogram.counts.count)
        for count in histogram.counts { writer.number(UInt64(count)) }
      }
    }
    return writer
  }

  private func lines(of inputs: [String], in span: Range<Int>) -> ArchiveWriter {
    var writer = ArchiveWriter()
    let known = inputLines.inputs.filter { $0 < inputs.count }
    writer.number(known.count)
    for input in known {
      writer.text(inputs[input])
      writer.number(inputLines.hasRequests(input) ? 1 : 0)
      for window in span { writer.number(inputLines.lines(of: input, in: window)) }
    }
    return writer
  }

  private func routes(_ rules: RuleSet, in span: Range<Int>, hasTotals: Bool) -> ArchiveWriter {
    var writer = ArchiveWriter()
    writer.names(routes.measures.map { rules.measureNames[$0] })
    let own = routes.rows.indices.filter { routes.parents[$0] == $0 }
    let places = Dictionary(zip(own, own.indices)) { first, _ in first }
    // Routes behind the bound on routes are one row, of which there are no windows.
    let rows = own.map { routes.rows[$0] } + (routes.other.map { [$0] } ?? [])
    writer.number(rows.count)
    for row in rows {
      writer.text(String(decoding: row.route, as: UTF8.self))
      for column in routes.measures.indices {
        writer.amount(hasTotals ? row.baseline[column] + row.candidate[column] : 0)
      }
    }
    for window in span {
      let entries = routes.windows[window]
      writer.number(entries.count)
      for entry in entries {
        writer.number(places[routes.current(Int(entry.row))] ?? 0)
        writer.number(Int(entry.column))
        writer.amount(Double(entry.amount))
      }
    }
    return writer
  }

  private func matches(_ rules: RuleSet) -> ArchiveWriter {
    var writer = ArchiveWriter()
    let counts = zip(baselineMatches, candidateMatches).map { $0 + $1 }
    let matched = counts.indices.filter { counts[$0] > 0 }
    writer.number(matched.count)
    for rule in matched {
      writer.text(rules.rules[rule].id)
      writer.number(counts[rule])
    }
    return writer
  }

  private var times: ArchiveWriter {
    var writer = ArchiveWriter()
    guard let first, let last else { return writer }
    writer.signed(first.nanoseconds)
    writer.signed(last.nanoseconds)
    return writer
  }
}

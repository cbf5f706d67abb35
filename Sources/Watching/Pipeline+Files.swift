import Following
import Records
import Rules
import Windows

extension Pipeline {
  /// Reads whole files, in their order, on several threads.
  ///
  /// - Parameters:
  ///   - firstFile: index of the first of them in the table of names.
  ///   - reference: a moment near the lines of a file, from which a missing year is inferred.
  mutating func read(
    _ files: [InputFile], _ reading: inout InputReading, firstFile: Int, workers: Int,
    reference: (InputFile) -> Timestamp
  ) {
    let pieces = files.map { $0.pieces() }
    var tasks: [PieceTask] = []
    for (index, (file, pieces)) in zip(files, pieces).enumerated() {
      tasks += pieces.map {
        PieceTask(piece: $0, file: firstFile + index, reference: reference(file))
      }
    }
    let rules = sink.matcher.rules
    var empty = Timeline(plan: sink.timeline.plan, rules: rules)
    empty.ceiling = sink.timeline.ceiling
    empty.floor = sink.timeline.floor
    let stopRequest = reading.surroundings.stopRequest
    let reader = PieceReader(
      empty: empty, rules: rules, zone: zone, limits: reading.limits, workers: workers,
      isStopped: { stopRequest() != nil }, takesCensus: takesCensus, thinning: sink.thinning)
    var remaining = pieces.map(\.count)[...]
    var counts: [PieceCount] = []
    var lines = 0
    reader.read(tasks) { task, records in
      take(records, of: task, linesBefore: lines)
      counts.append(records.count)
      lines += records.lines
      guard counts.count == remaining.first else { return }
      reading.adopt(counts, of: task.piece.file)
      remaining = remaining.dropFirst()
      counts = []
      lines = 0
    }
  }
}

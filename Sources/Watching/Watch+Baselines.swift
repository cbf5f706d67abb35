import Following
import Judgement
import Records
import Windows

/// A watch that compares with stored baselines.
extension Watch {
  /// Adds the stored baselines to what the inputs hold, once; call it when that is known.
  mutating func addBaselines(_ inputs: [String]) {
    guard let stored = options.stored, !areBaselinesAdded else { return }
    areBaselinesAdded = true
    let first = stored.includesBefore ? pipeline.sink.timeline.bodyStart : 0
    let lines = pipeline.sink.timeline.baselineLines
    for (baseline, start) in zip(stored.baselines, stored.placement.starts) {
      let names = baseline.facts.inputs
      do throws(ArchiveError) {
        try pipeline.sink.timeline.restore(
          baseline.archive, at: start, upTo: 0, rules: options.rules
        ) { Self.input($0, of: names, among: inputs) }
      } catch {
        surroundings.warn("baseline \(baseline.facts.name): \(error); part of it is left out")
      }
    }
    storedLines = pipeline.sink.timeline.baselineLines - lines
    judging.judgesSignatures = stored.baselines.allSatisfy(\.archive.knowsSignatures)
    judging.excluded += stored.placement.gaps(options.plan, first: first)
  }

  /// The input here that an input of a baseline stands for: that of its name, else the only one whose
  /// last part is the same, else the only one there is.
  private static func input(
    _ name: String, of names: [String], among inputs: [String]
  ) -> Int? {
    if let same = inputs.firstIndex(of: name) { return same }
    func last(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }
    let alike = inputs.indices.filter { last(inputs[$0]) == last(name) }
    if alike.count == 1, names.count(where: { last($0) == last(name) }) == 1 { return alike[0] }
    return names.count == 1 && inputs.count == 1 ? 0 : nil
  }
}

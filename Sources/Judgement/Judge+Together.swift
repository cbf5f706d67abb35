import Records
import Rules
import Statistics
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The alarm over all signals together.
extension Judge {
  /// Many mildly raised signals add up: the weighted mean of all e-values has an alarm of its own.
  /// It is of no use once a signal can be named.
  mutating func lookAtAllTogether(
    at: Timestamp, index: Int, _ timeline: Timeline, _ raised: inout [Alert]
  ) {
    guard !isAnyNamed, !tracks.isEmpty else { return }
    // New kinds take part with their share of the reserve, so that one mean covers everything. Slots
    // are given anew in each block, to the kinds that appear in it.
    // What may be an old error in new words is no part of it.
    let signatures = signatureTracks.filter(\.isNewKind)
    let new = (kinds.map(\.recurrence) + signatures.map(\.recurrence)).filter {
      $0.test != nil && $0.block == block
    }
    let evidence = AlphaBudget.global(
      logEs: tracks.map(\.test.logEAveraged) + new.map { $0.test?.logE ?? 0 },
      weights: tracks.map(\.weight) + new.map { AlphaBudget.newKindWeight(slot: $0.slot) })
    logGlobalLargest = max(logGlobalLargest, evidence)
    let threshold = AlphaBudget.threshold(alpha: judgedAlpha, weight: 1)
    guard evidence >= threshold, !isGlobalRegressed else { return }
    let raisers = tracks.filter { $0.test.logEAveraged > 0 }.sorted {
      contribution($0) > contribution($1)
    }
    // One signal that carries half of the mean alarms by its own name, a look or two later.
    guard let first = raisers.first, contribution(first) < evidence + log(0.5) else { return }
    isGlobalRegressed = true
    var alert = self.alert(.firing, first, at: at, index: index, timeline)
    alert.signal = Self.togetherName
    alert.route = nil
    alert.about =
      "Several signals are raised at once, none enough to be named; the numbers are those of "
      + first.subject.text
      + (raisers.count > 1
        ? ", next come \(raisers[1...].prefix(2).map(\.subject.text).joined(separator: ", "))" : "")
    alert.logEvidence = evidence
    alert.logThreshold = threshold
    raised.append(alert)
  }

  /// Whether some signal has alarmed by itself.
  private var isAnyNamed: Bool {
    tracks.contains { $0.isRegressed || $0.alarmsEnded > 0 } || kinds.contains(where: \.isRegressed)
      || signatureTracks.contains(where: \.isRegressed)
  }

  /// The alarm over all signals stands while no signal of its own explains it.
  var isRegressedTogether: Bool { isGlobalRegressed && !isAnyNamed }

  /// Name of the alarm over all signals together.
  static let togetherName = "together"

  /// Logarithm of a signal's part of the weighted mean.
  private func contribution(_ track: Track) -> Double {
    track.test.logEAveraged + log(track.weight)
  }
}

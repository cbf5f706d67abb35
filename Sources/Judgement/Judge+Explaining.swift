import Records
import Rules
import Statistics
package import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Answers to "why did it alarm?" and "why did it not?".
extension Judge {
  /// The arithmetic of everything that is judged under a name: over all routes, and of routes that were
  /// near an alarm. Empty for a name that nothing has.
  package func arithmetic(of name: String, _ timeline: Timeline) -> [SignalArithmetic] {
    let settling = timeline.totals(.settling, upTo: nextIndex)
    var all = tracks.filter { $0.signal.id == name && isWorthExplaining($0) }.map {
      arithmetic($0, settling, timeline)
    }
    all.sort {
      ($0.subject.route == nil ? 0 : 1, -$0.logEvidenceLargest)
        < ($1.subject.route == nil ? 0 : 1, -$1.logEvidenceLargest)
    }
    all += kinds.filter { $0.signal.id == name }.map { kind in
      var answer = arithmetic(
        kind.recurrence, Subject(signal: name, route: nil), unit: kind.series.unit,
        isRegressed: kind.isRegressed)
      answer.signature = kind.signature
      return answer
    }
    all += signatureTracks.filter { $0.id == name }.map { track in
      var answer = arithmetic(
        track.recurrence, Subject(signal: name, route: nil), unit: signatureUnit,
        isRegressed: track.isRegressed)
      answer.signature = track.text
      if let predecessor = track.predecessor {
        answer.because =
          "it came as often as others that have stopped since the release: "
          + "\(predecessor); new words are no regression"
      }
      return answer
    }
    if all.isEmpty { all += shown.filter { $0.signal.id == name }.map { unjudged($0, timeline) } }
    if all.isEmpty, rules.signals.contains(where: { $0.id == name }) { all.append(absent(name)) }
    if let rule = rules.signals.first(where: { $0.id == name })?.rule, !all.isEmpty {
      all[0].known = known(rule, timeline.signatures)
    }
    return all
  }

  /// Names under which something was seen, before the release or after it, in the order of the rules;
  /// what is new comes last.
  package var namesSeen: [String] {
    let seen =
      tracks.filter { $0.before.count + $0.candidate.count > 0 }.map(\.signal.id)
      + kinds.filter { $0.recurrence.isSeen }.map(\.signal.id)
      + signatureTracks.filter { $0.recurrence.isSeen }.map(\.id)
    var known: Set<String> = []
    return seen.filter { known.insert($0).inserted }
  }

  /// All routes together, and a route with an event more than its baseline would have given.
  private func isWorthExplaining(_ track: Track) -> Bool {
    track.route == nil || track.isRegressed || track.logEvidenceLargest > 1
  }

  private func arithmetic(
    _ track: Track, _ settling: Window, _ timeline: Timeline
  ) -> SignalArithmetic {
    var answer = SignalArithmetic(
      subject: track.subject, kind: track.signal.shownKind, unit: track.series.unit,
      isRegressed: track.isRegressed, because: "", baseline: track.before,
      candidate: track.candidate, ratio: track.ratio)
    let baseline = track.baselines[track.leadingPart]
    answer.dispersion = track.test.phi(part: track.leadingPart)
    answer.isDispersionUnknown = baseline.isBurstinessUnknown
    answer.margin = track.margin
    answer.alphaShare = exp(-track.test.threshold)
    answer.logEvidence = track.test.logE
    answer.logEvidenceLargest = track.logEvidenceLargest
    answer.logThreshold = track.test.threshold
    answer.channels = track.test.channels
    answer.stake = baseline.stake
    if track.route == nil, !track.isFall {
      answer.settlingCount =
        track.series.shown(
          track.series.reading(settling), part: track.leadingPart
        ).count
    }
    let pace = track.total.exposure / max(1, Double(track.windowsJudged) * plan.widthSeconds)
    if case .rise(let rule) = track.test, pace > 0, !track.isRegressed {
      func seconds(_ exposure: Double) -> Double? { exposure.isFinite ? exposure / pace : nil }
      if let ratio = rule.ratio, ratio > rule.r0 {
        answer.secondsToAlarm = seconds(rule.exposureToAlarm(ratio: ratio))
      }
      answer.secondsToSeeDouble = seconds(rule.exposureToAlarm(ratio: 2))
    }
    answer.because = because(track, answer)
    return answer
  }

  /// What decided, in a sentence.
  private func because(_ track: Track, _ answer: SignalArithmetic) -> String {
    if track.isRegressed { return "the evidence reached what is needed" }
    if !(track.baselines[0].exposure > 0) {
      return "there is nothing before the release to compare with"
    }
    guard track.total.exposure > 0 else {
      return nextIndex <= plan.settleEnd
        ? "nothing was judged yet: the restart window is not over"
        : "no \(track.series.unit.rawValue) came after the restart window"
    }
    if track.isFall {
      return answer.logEvidenceLargest > 0
        ? "it fell, but not far or long enough to be told from chance" : "it did not fall"
    }
    guard track.total.counts[track.leadingPart] > 0 else { return "not one came since the release" }
    let isHigher = (answer.ratio?.estimate ?? 0) > track.margin
    if answer.logEvidenceLargest - answer.logEvidence > log(10), answer.logEvidenceLargest > log(10)
    {
      return "few and transient: the evidence was higher before and has fallen back"
    }
    guard isHigher else {
      return "not higher: the rate stayed below the smallest rise that is worth an alert"
    }
    if answer.isDispersionUnknown {
      return
        "the baseline is too short or too empty to tell how its events cluster, so that a few more "
        + "may be one burst"
    }
    return "higher, but not so much that chance is ruled out"
  }

  private func arithmetic(
    _ recurrence: Recurrence, _ subject: Subject, unit: ExposureUnit, isRegressed: Bool
  ) -> SignalArithmetic {
    var answer = SignalArithmetic(
      subject: subject, kind: Self.newName, unit: unit, isRegressed: isRegressed, because: "",
      baseline: recurrence.before, candidate: recurrence.candidate)
    answer.logThreshold = recurrence.test?.threshold
    answer.alphaShare = recurrence.test.map { exp(-$0.threshold) }
    answer.logEvidence = recurrence.test?.logE ?? 0
    answer.logEvidenceLargest = recurrence.logEvidenceLargest
    answer.dispersion = Parameters.phiUnknown
    if isRegressed {
      answer.because =
        "never seen before the release, and "
        + (recurrence.isProven ? "it keeps coming back" : "it makes up what rose")
    } else if recurrence.isSeen {
      answer.because =
        "new, but few: its first occurrence is no evidence, and what comes within "
        + "\(Int(Parameters.newKindDeadTimeSeconds)) s of one counts as the same burst"
    } else {
      answer.because = "it never came, neither before the release nor after it"
    }
    return answer
  }

  private func unjudged(
    _ item: (signal: Signal, series: SignalSeries), _ timeline: Timeline
  ) -> SignalArithmetic {
    let rule = item.signal.rule.map { rules.rules[$0] }
    var answer = SignalArithmetic(
      subject: Subject(signal: item.signal.id, route: nil), kind: item.signal.shownKind,
      unit: item.series.unit, isRegressed: false, because: "",
      baseline: shown(item.series, windows.total, windows: windows.indices.count),
      candidate: shown(
        item.series, timeline.totals(.candidate, upTo: nextIndex),
        windows: max(0, nextIndex - plan.settleEnd)))
    answer.because =
      rule?.deployNoise == true
      ? "expected around a release: counted, never an alarm"
      : item.signal.advisory || item.signal.severity < .error
        ? "advisory: shown, never judged"
        : "there is nothing before the release to compare with"
    return answer
  }

  /// A signal of the rules that the inputs carry nothing for.
  private func absent(_ name: String) -> SignalArithmetic {
    SignalArithmetic(
      subject: Subject(signal: name, route: nil), kind: "", unit: .units, isRegressed: false,
      because:
        "the inputs carry nothing that it could be counted from: tidemark doctor says what to log",
      baseline: Counted(count: 0, exposure: 0), candidate: Counted(count: 0, exposure: 0))
  }

  /// What a rule matched before the release.
  private func known(
    _ rule: Int, _ signatures: SignatureCounts
  ) -> [SignalArithmetic.KnownSignature] {
    let entries = signatures.handles.compactMap { handle in
      signatures[handle].flatMap { $0.rules.contains(rule) && $0.baseline > 0 ? (handle, $0) : nil }
    }
    return entries.sorted { $0.1.baseline > $1.1.baseline }.prefix(5).map { handle, entry in
      SignalArithmetic.KnownSignature(
        text: signatures.text(of: handle), before: entry.baseline, after: entry.candidate)
    }
  }
}

import Records
import Rules
import Statistics
import Windows

/// Signatures that the baseline never showed.
///
/// One whose class, code or names are new is a new kind of error. One that differs in its words or in
/// the place where it was raised may be an old one in new words: it is no regression while a signature
/// of the same class that came before the release has stopped, and came as often.
extension Judge {
  /// Fewer events of an old signature are not missed.
  private static let missedEvents = 5.0

  mutating func lookAtSignatures(
    _ window: Window, index: Int, at: Timestamp, isJudged: Bool, _ timeline: Timeline,
    _ raised: inout [Alert]
  ) {
    guard options.judgesSignatures, signatureExposureBefore > 0 else { return }
    let exposure = isJudged ? signatureExposure(of: window) : 0
    let counts = timeline.signatures.counts(in: index)
    forgetKnown(timeline.signatures)
    for position in signatureTracks.indices {
      let handle = signatureTracks[position].handle
      let records = counts.first { $0.handle == handle }?.records ?? 0
      _ = signatureTracks[position].recurrence.look(
        events: Double(records), exposure: exposure, first: at, isJudged: isJudged,
        startsInRestart: true, terms)
      decide(position, at: at, timeline, &raised)
    }
    for count in counts {
      guard !signatureTracks.contains(where: { $0.handle == count.handle }),
        let entry = timeline.signatures[count.handle], entry.baseline == 0
      else { continue }
      begin(count, entry, exposure: exposure, at: at, isJudged: isJudged, timeline, &raised)
    }
    signatureExposureAfter += exposure
  }

  /// Exposure of one window: requests where there are any, else seconds.
  private func signatureExposure(of window: Window) -> Double {
    guard hasRequests, let measure = rules.requestMeasure else { return plan.widthSeconds }
    return window.amount(measure)
  }

  var signatureUnit: ExposureUnit { hasRequests ? .requests : .seconds }

  /// Signatures that turned out to be variants of others are no longer looked at.
  private mutating func forgetKnown(_ signatures: SignatureCounts) {
    guard !signatureTracks.isEmpty else { return }
    var seen: Set<Int> = []
    signatureTracks.removeAll { track in
      let handle = signatures.current(track.handle)
      let isKnown = signatures[handle].map { $0.baseline > 0 } ?? true
      return (isKnown || !seen.insert(handle).inserted) && !track.isRegressed
    }
    for position in signatureTracks.indices {
      signatureTracks[position].handle = signatures.current(signatureTracks[position].handle)
    }
    coveredSignatures = Set(coveredSignatures.map { signatures.current($0) })
  }

  /// A signature is seen for the first time.
  private mutating func begin(
    _ count: SignatureCounts.Count, _ entry: SignatureCounts.Entry, exposure: Double,
    at: Timestamp, isJudged: Bool, _ timeline: Timeline, _ raised: inout [Alert]
  ) {
    let signatures = timeline.signatures
    let rule = mainRule(of: entry)
    // What a rule expects around a release, or only shows, stays so in any words.
    if let rule, rule.deployNoise || rule.advisory { return }
    let isNewKind = entry.isPinned && !signatures.hadKind(entry.kindHash)
    // A text that was forgotten would be new again.
    guard isNewKind || !signatures.isOverfull else { return }
    guard !coveredSignatures.contains(count.handle),
      !cover(count.handle, entry, at: at, signatures)
    else { return }
    let isAtOnce = isReportedAtOnce(entry, rule, isNewKind: isNewKind)
    // Of the restart window only what no restart brings.
    let isGrave = rule?.ruleClass == .crash || rule?.ruleClass == .release
    guard isJudged || isGrave else { return }
    guard signatureTracks.count < Limits.signaturesJudged else {
      signaturesUnjudged += 1
      return
    }
    var track = SignatureTrack(
      handle: count.handle, id: Self.name(of: count.handle, entry, rule, signatures),
      text: signatures.text(of: count.handle),
      severity: max(entry.severity, rule?.severity ?? .error), about: rule?.about,
      hint: rule?.hint, isNewKind: isNewKind, isReportedAtOnce: isAtOnce,
      recurrence: Recurrence(
        baselineExposure: signatureExposureBefore, exposure: signatureExposureAfter))
    let change = track.recurrence.look(
      events: Double(count.records), exposure: exposure, first: entry.sample?.time ?? at,
      isJudged: isJudged, startsInRestart: true, terms)
    guard change == .seen else { return }
    slotsUsed += 1
    let fails = options.failsOnNew && isAtOnce && isNewKind
    track.isRegressed = fails
    signatureTracks.append(track)
    guard isAtOnce else { return }
    raised.append(alert(fails ? .firing : .noted, track, at: at, timeline))
  }

  /// A rule that never matched before the release is seen in the same window: it speaks for the
  /// signature.
  private mutating func cover(
    _ handle: Int, _ entry: SignatureCounts.Entry, at: Timestamp, _ signatures: SignatureCounts
  ) -> Bool {
    // Of several the gravest: a missing key says more than a traceback.
    let position = kinds.indices.filter { position in
      kinds[position].signature == nil && kinds[position].recurrence.isSeen
        && kinds[position].signal.rule.map { entry.rules.contains($0) } ?? false
    }.min { rank(kinds[$0].signal.rule) < rank(kinds[$1].signal.rule) }
    guard let position else { return false }
    kinds[position].signature = signatures.text(of: handle)
    coveredSignatures.insert(handle)
    return true
  }

  /// The rule that says most of a signature: the gravest, then the first.
  private func mainRule(of entry: SignatureCounts.Entry) -> Rule? {
    entry.rules.min { rank($0) < rank($1) }.map { rules.rules[$0] }
  }

  /// How grave what a rule finds is, from 0.
  private func rank(_ rule: Int?) -> Int {
    switch rule.flatMap({ rules.rules[$0].ruleClass }) {
    case .crash, .release: 0
    case .dependency, .capacity, .data, .security: 1
    case .warning, .error, nil: 2
    }
  }

  /// Crashes and broken releases are, new classes of errors and new words for errors of no class as
  /// well; failures of dependencies, of capacity and of data are told by their rate.
  private func isReportedAtOnce(
    _ entry: SignatureCounts.Entry, _ rule: Rule?, isNewKind: Bool
  ) -> Bool {
    switch rule?.ruleClass {
    case .crash, .release: true
    case nil, .error: isNewKind || newTextsExpected < 1
    case .dependency, .capacity, .data, .security, .warning: false
    }
  }

  private static func name(
    of handle: Int, _ entry: SignatureCounts.Entry, _ rule: Rule?, _ signatures: SignatureCounts
  ) -> String {
    let parts = entry.rootClass.split { !($0.isWordByte) }
    let name =
      parts.last.map { String(decoding: $0.prefix(64), as: UTF8.self) } ?? rule?.id ?? "error"
    let hash = String(signatures.hash(of: handle) >> 40, radix: 16)
    return "new.\(name).\(String(repeating: "0", count: 6 - hash.count))\(hash)"
  }

  private mutating func decide(
    _ position: Int, at: Timestamp, _ timeline: Timeline, _ raised: inout [Alert]
  ) {
    let track = signatureTracks[position]
    guard track.recurrence.isProven, !track.isRegressed else { return }
    signatureTracks[position].predecessor =
      track.isNewKind ? nil : predecessor(of: track, timeline.signatures)
    guard signatureTracks[position].predecessor == nil else { return }
    signatureTracks[position].isRegressed = true
    raised.append(alert(.firing, signatureTracks[position], at: at, timeline))
  }

  /// A signature of the same kind that has stopped with the release and came about as often.
  func predecessor(of track: SignatureTrack, _ signatures: SignatureCounts) -> String? {
    guard let entry = signatures[track.handle] else { return nil }
    var closest: (distance: Double, handle: Int)?
    for handle in signatures.handles {
      guard let old = signatures[handle], old.kindHash == entry.kindHash, old.candidate == 0,
        Double(old.baseline) / signatureExposureBefore * track.recurrence.exposure
          >= Self.missedEvents
      else { continue }
      let sample = TwoSample(
        candidateEvents: track.recurrence.events, candidateExposure: track.recurrence.exposure,
        baselineEvents: Double(old.baseline), baselineExposure: signatureExposureBefore)
      let evidence = RatioMixture.logEUp(sample, r0: options.margin(perTime: true), phi: 1)
      guard evidence < track.recurrence.test?.threshold ?? 0 else { continue }
      let distance = abs((RatioInterval.point(sample) ?? 1) - 1)
      if distance < closest?.distance ?? .infinity { closest = (distance, handle) }
    }
    return closest.map { signatures.text(of: $0.handle) }
  }

  /// How many new texts the second half of the baseline brought, for as many windows as are judged.
  static func newTextsExpected(_ timeline: Timeline, looks: Int) -> Double {
    let start = timeline.bodyStart
    let middle = timeline.plan.start(of: start / 2)
    let signatures = timeline.signatures
    let count = signatures.handles.count { handle in
      guard let entry = signatures[handle], !entry.isPinned else { return false }
      return entry.firstBefore.map { $0 >= middle } ?? false
    }
    return Double(count) * Double(looks) / max(1, Double(-start) / 2)
  }

  /// What a kind that appears now gets of alpha.
  var terms: Recurrence.Terms {
    Recurrence.Terms(
      slot: slotsUsed + 1, alpha: judgedAlpha, looks: looksPerBlock, block: block,
      windowSeconds: plan.widthSeconds)
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    self == UInt8(ascii: "_") || self &- 0x30 < 10 || (self | 0x20) &- 0x61 < 26 || self >= 0x80
  }
}

import Bytes

/// Says which patterns may match which texts, so that most patterns are never run on most of them.
///
/// It learns from the stream: the grams are chosen from what has come so far and again when they
/// turn out to be frequent, and a pattern that a fifth of all lines may match is run directly,
/// because that costs less than to find its lines. What it says never depends on what it learnt.
struct Prefilter: Sendable {
  /// What each pattern requires.
  private let required: [[[ClassString]]]
  private var sample: GramSample
  /// Patterns that so many lines may match that they are run on all.
  private var dense: Set<Int> = []
  private(set) var filter: GramFilter
  /// Patterns that have to be run on every text, in ascending order.
  private(set) var unfiltered: [Int]
  /// The same by pattern.
  private(set) var isUnfiltered: [Bool]
  /// Texts in which each pattern was a candidate since the last revision.
  var candidateTexts: [Int]
  private var scratch = ScanScratch()
  private var bytesSinceRevision = 0
  private var textsSinceRevision = 0
  private var foundSinceRevision = 0
  /// Candidates a byte when the grams were chosen last.
  private var foundRate: Double?
  private var revisions = 0

  /// - Parameter required: for each pattern, sets of strings of which its match contains one each;
  ///   empty for a pattern of which nothing is known, and nil for one that is never run.
  init(_ required: [[[ClassString]]?]) {
    self.required = required.map { $0 ?? [[]] }
    sample = GramSample()
    filter = GramFilter([])
    unfiltered = []
    isUnfiltered = []
    candidateTexts = [Int](repeating: 0, count: required.count)
    choose()
  }

  /// Takes note of the next part of the stream, so many texts, before it is scanned.
  mutating func prepare(_ text: Span<UInt8>, texts: Int) {
    bytesSinceRevision += text.count
    textsSinceRevision += texts
    if !sample.isFull {
      let before = sample.grams
      sample.add(text)
      let isStart = before < Limits.firstSampleBytes && sample.grams >= Limits.firstSampleBytes
      if isStart || sample.isFull { choose() }
    } else if bytesSinceRevision >= Limits.revisionBytes {
      revise(text)
    }
  }

  /// Appends the candidates in a text in the order of their places.
  mutating func scan(_ text: Span<UInt8>, in part: Range<Int>, found: inout [Candidate]) {
    let before = found.count
    filter.scan(text, in: part, scratch: &scratch, found: &found)
    foundSinceRevision += found.count - before
  }

  private mutating func choose() {
    let dense = dense
    let choice = GramChoice(required, sample: sample) { !dense.contains($0) }
    filter = GramFilter(choice.needles)
    unfiltered = choice.unfiltered
    isUnfiltered = [Bool](repeating: false, count: required.count)
    for pattern in unfiltered { isUnfiltered[pattern] = true }
    startCounting()
  }

  private mutating func startCounting() {
    bytesSinceRevision = 0
    textsSinceRevision = 0
    foundSinceRevision = 0
    for pattern in candidateTexts.indices { candidateTexts[pattern] = 0 }
  }

  /// Runs patterns directly that many lines may match; chooses anew when the stream has changed.
  private mutating func revise(_ text: Span<UInt8>) {
    let rate = Double(foundSinceRevision) / Double(bytesSinceRevision)
    let tooMany = textsSinceRevision / Limits.denseShare
    let frequent = candidateTexts.indices.filter { candidateTexts[$0] > tooMany }
    let hasDrifted = foundRate.map { rate > 2 * $0 } ?? false
    if hasDrifted, revisions < Limits.revisions {
      revisions += 1
      dense = []
      foundRate = nil
      sample = GramSample()
      sample.add(text)
      choose()
    } else if !frequent.isEmpty {
      dense.formUnion(frequent)
      choose()
    } else {
      foundRate = foundRate ?? rate
      startCounting()
    }
  }
}

package import Records
import Signatures

/// Error records by their signature: how many before and after the release, and when the first came.
///
/// What the miner forgets for want of room is counted together, as `SignatureBook.other`.
package struct SignatureCounts: Sendable {
  /// What is known of one signature.
  package struct Entry: Sendable {
    /// Hash of what pins it but the place where it was raised.
    package let kindHash: UInt64
    /// Whether there is anything that pins it beside that place.
    package let isPinned: Bool
    /// The class of the root error, where the text shows one; empty otherwise.
    package let rootClass: [UInt8]
    /// The error rules that matched its first record, at most `Limits.rulesPerSignature`.
    package let rules: [Int]
    package internal(set) var severity: Severity
    /// Records before the release, in the restart window, and behind it.
    package internal(set) var baseline = 0
    package internal(set) var settling = 0
    package internal(set) var candidate = 0
    /// Of the first record before the release.
    package internal(set) var firstBefore: Timestamp?
    /// The first record after the release, while none before it is known.
    package internal(set) var sample: Sample?

    init(
      kindHash: UInt64, isPinned: Bool, rootClass: [UInt8], rules: [Int], severity: Severity
    ) {
      self.kindHash = kindHash
      self.isPinned = isPinned
      self.rootClass = rootClass
      self.rules = rules
      self.severity = severity
    }
  }

  /// Records of one signature in one window.
  package struct Count: Sendable, Equatable {
    /// As it was when they were counted.
    package var handle: Int
    package var records: Int
  }

  private var book = SignatureBook()
  private var entries = SignatureEntries()
  /// What pins the kinds that were seen before the release.
  private var kindsBefore: Set<UInt64> = []
  /// Windows after the release.
  private var row = IndexedRow<[Count]>(empty: [])
  private var sampleBytes = 0
  /// What was restored knew of more kinds than it kept.
  private var wasOverfull = false

  init() {}

  /// Takes one error record.
  ///
  /// - Parameters:
  ///   - rules: those that matched it, of which `isErrorRule` tells the ones that name an error.
  ///   - key: what the rules pin of it.
  mutating func add(
    _ text: Span<UInt8>, _ record: borrowing Record, rules: [Int], isErrorRule: [Bool],
    key: Span<UInt8>, time: Timestamp, index: Int, phase: Phase
  ) {
    let filed = book.file(text, message: record.message, key: key)
    followMerges()
    let handle = filed.handle
    let place =
      entries.place(of: handle)
      ?? entries.insert(
        Entry(
          kindHash: filed.kindHash, isPinned: filed.isPinned,
          rootClass: filed.rootClass.map { text.bytes($0.prefix(Limits.classBytes)) } ?? [],
          rules: Array(rules.filter { isErrorRule[$0] }.prefix(Limits.rulesPerSignature)),
          severity: .error), as: handle)
    if let severity = record.severity { entries.list[place].severity.raise(to: severity) }
    switch phase {
    case .baseline:
      if entries.list[place].baseline == 0 {
        sampleBytes -= entries.list[place].sample?.text.count ?? 0
        entries.list[place].sample = nil
        if kindsBefore.count < Limits.kindsRemembered { kindsBefore.insert(filed.kindHash) }
      }
      entries.list[place].baseline += 1
      entries.list[place].sawBefore(time)
      return
    case .settling: entries.list[place].settling += 1
    case .candidate: entries.list[place].candidate += 1
    case .outside: return
    }
    count(1, of: handle, in: index)
    if handle != SignatureBook.other { keepSample(at: place, text, record, time) }
  }

  private mutating func count(_ records: Int, of handle: Int, in index: Int) {
    let place = row.place(of: index)
    if let known = row.elements[place].firstIndex(where: { $0.handle == handle }) {
      row.elements[place][known].records += records
    } else if row.elements[place].count < Limits.signaturesPerWindow {
      row.elements[place].append(Count(handle: handle, records: records))
    } else {
      row.elements[place][0].handle = SignatureBook.other
      row.elements[place][0].records += records
    }
  }

  private mutating func keepSample(
    at place: Int, _ text: Span<UInt8>, _ record: borrowing Record, _ time: Timestamp
  ) {
    guard entries.list[place].baseline == 0,
      entries.list[place].sample.map({ Sample.precedes(time, text, $0) }) ?? true
    else { return }
    sampleBytes -= entries.list[place].sample?.text.count ?? 0
    let isMany = sampleBytes >= Limits.signatureSampleBytes
    let sample = Sample(
      time: time, text: text, file: record.file, lineNumber: record.firstLineNumber,
      offset: record.offset,
      bytesLimit: isMany ? Limits.sampleBytesWhenMany : Limits.sampleBytes)
    sampleBytes += sample.text.count
    entries.list[place].sample = sample
  }

  /// Adds up what is known of signatures that have become one.
  private mutating func followMerges() {
    for handle in book.takeRetired() {
      guard let entry = entries.remove(handle) else { continue }
      sampleBytes -= entry.sample?.text.count ?? 0
      take(entry, as: book.current(handle))
    }
  }

  private mutating func take(_ entry: Entry, as handle: Int) {
    var sum = entries[handle] ?? entry
    if entries[handle] != nil {
      sampleBytes -= sum.sample?.text.count ?? 0
      sum.merge(entry)
    }
    sampleBytes += sum.sample?.text.count ?? 0
    entries[handle] = sum
  }

  /// Adds what was counted in another part of the stream.
  ///
  /// - Parameter linesBefore: lines of the samples' file that precede the part.
  mutating func merge(_ other: SignatureCounts, linesBefore: Int) {
    if other.isOverfull { wasOverfull = true }
    guard !other.entries.handles.isEmpty else { return }
    let handles = book.merge(other.book)
    followMerges()
    for handle in other.entries.handles {
      guard var entry = other.entries[handle] else { continue }
      entry.sample?.lineNumber += linesBefore
      take(entry, as: book.current(handles[handle]))
    }
    kindsBefore.formUnion(other.kindsBefore.prefix(Limits.kindsRemembered - kindsBefore.count))
    for index in other.row.indices {
      for count in other.row[index] {
        self.count(count.records, of: handles[count.handle], in: index)
      }
    }
  }
}

/// Counts of a set that is compared with another one.
extension SignatureCounts {
  /// Puts all counts on one side of the release.
  mutating func gather(asBaseline isBaseline: Bool) {
    for place in entries.list.indices { entries.list[place].gather(asBaseline: isBaseline) }
    if isBaseline {
      row = IndexedRow(empty: [])
      sampleBytes = 0
      kindsBefore.formUnion(entries.list.map(\.kindHash).prefix(Limits.kindsRemembered))
    } else {
      kindsBefore = []
    }
  }

  /// Keeps the windows of `range` only, as if they had begun so many windows later.
  mutating func move(windows range: Range<Int>, by shift: Int) { row.move(range, by: shift) }
}

/// What another run knows again.
extension SignatureCounts {
  /// Takes what another run knew of a signature.
  mutating func restore(_ signature: StoredSignature, _ entry: Entry) {
    let records = entry.baseline + entry.settling + entry.candidate
    let handle = book.restore(signature, messages: records)
    followMerges()
    if entry.baseline > 0, kindsBefore.count < Limits.kindsRemembered {
      kindsBefore.insert(entry.kindHash)
    }
    guard handle != SignatureBook.other else {
      wasOverfull = true
      return
    }
    take(entry, as: handle)
  }

  /// What was restored had more kinds than it kept.
  mutating func markOverfull() { wasOverfull = true }

  /// Hashes of the kinds that came before the release, those that were forgotten included.
  var kindHashes: [UInt64] { kindsBefore.sorted() }

  /// A kind that came before the release.
  mutating func remember(kind hash: UInt64) {
    if kindsBefore.count < Limits.kindsRemembered { kindsBefore.insert(hash) }
  }

  /// What another run needs to know a signature again.
  func stored(_ handle: Int) -> StoredSignature { book.stored(handle) }
}

/// What the judge asks.
extension SignatureCounts {
  /// Records by signature in one window after the release, by the handles that stand for them now.
  package func counts(in index: Int) -> [Count] {
    var sums: [Count] = []
    var places: [Int: Int] = [:]
    for count in row[index] {
      let handle = book.current(count.handle)
      if let place = places[handle] {
        sums[place].records += count.records
      } else {
        places[handle] = sums.count
        sums.append(Count(handle: handle, records: count.records))
      }
    }
    return sums
  }

  /// The handle that stands for this one now.
  package func current(_ handle: Int) -> Int { book.current(handle) }

  /// Nil for what is not told apart.
  package subscript(handle: Int) -> Entry? {
    handle == SignatureBook.other ? nil : entries[handle]
  }

  /// Signatures that are told apart, by handle.
  package var handles: [Int] { entries.handles.filter { $0 != SignatureBook.other } }

  /// Whether a kind with this hash came before the release.
  package func hadKind(_ hash: UInt64) -> Bool {
    kindsBefore.contains(hash) || kindsBefore.count >= Limits.kindsRemembered
  }

  /// Whether more kinds were seen than are told apart: then a new text may be one that was forgotten.
  package var isOverfull: Bool { wasOverfull || book.evictions > 0 }

  /// The template, and what is pinned. Allocates.
  package func text(of handle: Int) -> String { book.text(of: handle) }

  /// The same in every run as long as the template is. Allocates.
  package func hash(of handle: Int) -> UInt64 { book.hash(of: handle) }
}

extension SignatureCounts.Entry {
  fileprivate mutating func sawBefore(_ time: Timestamp) {
    firstBefore = firstBefore.map { min($0, time) } ?? time
  }

  fileprivate mutating func gather(asBaseline isBaseline: Bool) {
    let records = baseline + settling + candidate
    (baseline, settling, candidate) = isBaseline ? (records, 0, 0) : (0, 0, records)
    if isBaseline {
      firstBefore = firstBefore ?? sample?.time
      sample = nil
    } else {
      firstBefore = nil
    }
  }

  fileprivate mutating func merge(_ other: Self) {
    severity.raise(to: other.severity)
    baseline += other.baseline
    settling += other.settling
    candidate += other.candidate
    if let time = other.firstBefore { sawBefore(time) }
    if baseline > 0 {
      sample = nil
    } else if let theirs = other.sample,
      sample.map({ Sample.precedes(theirs.time, theirs.text.span, $0) }) ?? true
    {
      sample = theirs
    }
  }
}

extension Severity {
  fileprivate mutating func raise(to other: Severity) { self = max(self, other) }
}

extension Span<UInt8> {
  fileprivate func bytes(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in range.clamped(to: 0..<count) { bytes.append(self[index]) }
    return bytes
  }
}

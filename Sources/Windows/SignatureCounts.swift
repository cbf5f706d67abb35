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
  }

  /// Records of one signature in one window.
  package struct Count: Sendable, Equatable {
    /// As it was when they were counted.
    package var handle: Int
    package var records: Int
  }

  private var book = SignatureBook()
  private var entries: [Int: Entry] = [:]
  /// What pins the kinds that were seen before the release.
  private var kindsBefore: Set<UInt64> = []
  /// Windows after the release.
  private var row = IndexedRow<[Count]>(empty: [])
  private var sampleBytes = 0

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
    if entries[handle] == nil {
      entries[handle] = Entry(
        kindHash: filed.kindHash, isPinned: filed.isPinned,
        rootClass: filed.rootClass.map { text.bytes($0) } ?? [],
        rules: Array(rules.filter { isErrorRule[$0] }.prefix(Limits.rulesPerSignature)),
        severity: .error)
    }
    if let severity = record.severity { entries[handle]?.severity.raise(to: severity) }
    switch phase {
    case .baseline:
      entries[handle]?.baseline += 1
      entries[handle]?.sawBefore(time)
      dropSample(of: handle)
      if kindsBefore.count < Limits.kindsRemembered { kindsBefore.insert(filed.kindHash) }
      return
    case .settling: entries[handle]?.settling += 1
    case .candidate: entries[handle]?.candidate += 1
    case .outside: return
    }
    count(1, of: handle, in: index)
    keepSample(of: handle, text, record, time)
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
    of handle: Int, _ text: Span<UInt8>, _ record: borrowing Record, _ time: Timestamp
  ) {
    guard handle != SignatureBook.other, let entry = entries[handle], entry.baseline == 0,
      entry.sample.map({ Sample.precedes(time, text, $0) }) ?? true
    else { return }
    dropSample(of: handle)
    let isMany = sampleBytes >= Limits.signatureSampleBytes
    let sample = Sample(
      time: time, text: text, file: record.file, lineNumber: record.firstLineNumber,
      offset: record.offset,
      bytesLimit: isMany ? Limits.sampleBytesWhenMany : Limits.sampleBytes)
    sampleBytes += sample.text.count
    entries[handle]?.sample = sample
  }

  private mutating func dropSample(of handle: Int) {
    guard let sample = entries[handle]?.sample else { return }
    sampleBytes -= sample.text.count
    entries[handle]?.sample = nil
  }

  /// Adds up what is known of signatures that have become one.
  private mutating func followMerges() {
    for handle in book.takeRetired() {
      guard let entry = entries.removeValue(forKey: handle) else { continue }
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
    guard !other.entries.isEmpty else { return }
    let handles = book.merge(other.book)
    followMerges()
    for (handle, entry) in other.entries.sorted(by: { $0.key < $1.key }) {
      var entry = entry
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

/// What the judge asks.
extension SignatureCounts {
  /// Records by signature in one window after the release, by the handles that stand for them now.
  package func counts(in index: Int) -> [Count] {
    var sums: [Count] = []
    for count in row[index] {
      let handle = book.current(count.handle)
      if let known = sums.firstIndex(where: { $0.handle == handle }) {
        sums[known].records += count.records
      } else {
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
  package var handles: [Int] { entries.keys.filter { $0 != SignatureBook.other }.sorted() }

  /// Whether a kind with this hash came before the release.
  package func hadKind(_ hash: UInt64) -> Bool { kindsBefore.contains(hash) }

  /// Whether more kinds were seen than are told apart: then a new text may be one that was forgotten.
  package var isOverfull: Bool { book.evictions > 0 }

  /// The template, and what is pinned. Allocates.
  package func text(of handle: Int) -> String { book.text(of: handle) }

  /// The same in every run as long as the template is. Allocates.
  package func hash(of handle: Int) -> UInt64 { book.hash(of: handle) }
}

extension SignatureCounts.Entry {
  fileprivate mutating func sawBefore(_ time: Timestamp) {
    firstBefore = firstBefore.map { min($0, time) } ?? time
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

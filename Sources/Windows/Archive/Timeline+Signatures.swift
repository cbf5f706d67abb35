import Records
import Rules
import Signatures

/// Signatures as a section of an archive: what each is, how often it came and since when.
extension Timeline {
  /// Without `hasTotals`, nothing: they are known for all windows together.
  func signatures(_ rules: RuleSet, hasTotals: Bool) -> ArchiveWriter {
    var writer = ArchiveWriter()
    guard hasTotals else {
      for _ in 0..<3 { writer.number(0 as UInt64) }
      return writer
    }
    writer.number(signatures.isOverfull ? 1 : 0 as UInt64)
    let handles = signatures.handles
    writer.number(handles.count)
    for handle in handles {
      guard let entry = signatures[handle] else { continue }
      let stored = signatures.stored(handle)
      writer.data(stored.text)
      writer.fixed(stored.variables)
      writer.data(stored.pinned)
      writer.fixed(stored.pinnedHash)
      writer.fixed(entry.kindHash)
      writer.number(entry.isPinned ? 1 : 0 as UInt64)
      writer.data(entry.rootClass)
      writer.names(entry.rules.map { rules.rules[$0].id })
      writer.number(UInt64(entry.severity.rawValue))
      writer.number(entry.baseline + entry.settling + entry.candidate)
      let first = entry.firstBefore ?? entry.sample?.time ?? plan.release
      writer.signed(first.nanoseconds)
    }
    let kinds = Set(signatures.kindHashes)
      .union(handles.compactMap { signatures[$0]?.kindHash }).sorted().prefix(
        Limits.kindsRemembered)
    writer.number(kinds.count)
    for hash in kinds { writer.fixed(hash) }
    return writer
  }

  mutating func readSignatures(
    _ archive: WindowArchive, _ rules: RuleSet, isBaseline: Bool
  ) throws(ArchiveError) {
    guard var reader = archive.reader(of: .signatures) else { return }
    if try reader.number() > 0 { signatures.markOverfull() }
    for _ in 0..<(try reader.count(Signatures.Limits.signatures, of: "signatures")) {
      let text = try reader.data(4 * Signatures.Limits.messageBytes)
      let variables = try reader.fixed()
      let pinned = try reader.data(Signatures.Limits.pinnedBytes)
      let stored = StoredSignature(
        text: text, variables: variables, pinned: pinned, pinnedHash: try reader.fixed())
      let kindHash = try reader.fixed()
      let isPinned = try reader.number() > 0
      let rootClass = try reader.data(4 * Signatures.Limits.messageBytes)
      let names = try reader.names()
      guard let severity = Severity(rawValue: UInt8(try reader.count(255, of: "severities"))) else {
        throw ArchiveError("a signature has a severity that there is not")
      }
      var entry = SignatureCounts.Entry(
        kindHash: kindHash, isPinned: isPinned, rootClass: rootClass,
        rules: names.compactMap { rules.index(ofRule: $0) }, severity: severity)
      let records = try reader.count(Limits.archivedCount, of: "records of a signature")
      let first = Timestamp(nanoseconds: try reader.signed())
      if isBaseline {
        entry.baseline = records
        entry.firstBefore = first
      } else {
        entry.candidate = records
      }
      signatures.restore(stored, entry)
    }
    for _ in 0..<(try reader.count(Limits.kindsRemembered, of: "kinds of errors")) {
      let hash = try reader.fixed()
      if isBaseline { signatures.remember(kind: hash) }
    }
  }
}

extension WindowArchive {
  /// Whether signatures were told apart when it was made.
  package var knowsSignatures: Bool { reader(of: .signatures) != nil }
}

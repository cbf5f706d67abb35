/// What was wrong with a packed file. Reading went on as far as it could.
package enum SourceAnomaly: Hashable, Sendable {
  /// The file ends inside a member, after so many packed bytes.
  case truncatedGzip(packedBytes: Int64)
  /// A member is damaged before this packed offset; zlib's word for it. Nothing behind it is read.
  case corruptGzip(complaint: String, packedOffset: Int64)
  /// A member was unpacked whole, but its checksum or length disagrees. Reading goes on behind it.
  case wrongChecksum(packedOffset: Int64)
  /// From this packed offset on there is padding, or something that is no member.
  case trailingBytes(packedOffset: Int64)

  /// As a notice for the user.
  package func notice(file: String) -> ReadNotice {
    switch self {
    case .truncatedGzip(let bytes):
      ReadNotice(
        file: file, kind: .truncatedGzip,
        message: "truncated gzip: the file ends inside a member after \(bytes) bytes; every line "
          + "before the cut was read; try again if it is still being written")
    case .corruptGzip(let complaint, let offset):
      ReadNotice(
        file: file, kind: .corruptGzip,
        message: "corrupt gzip before byte \(offset): \(complaint); expected a whole member; what "
          + "came before was read; trying again does not help")
    case .wrongChecksum(let offset):
      ReadNotice(
        file: file, kind: .corruptGzip,
        message: "the checksum of the gzip member that ends near byte \(offset) disagrees; its "
          + "lines were read and may be wrong; trying again does not help")
    case .trailingBytes(let offset):
      ReadNotice(
        file: file, kind: .trailingGzip,
        message: "bytes behind the last gzip member, from byte \(offset) on, are no gzip and were "
          + "left out; every member was read; trying again does not help")
    }
  }

  /// Adds this to the counts.
  package func count(in counts: inout SkipCounts) {
    switch self {
    case .truncatedGzip: counts.truncatedGzip += 1
    case .corruptGzip, .wrongChecksum: counts.corruptGzip += 1
    case .trailingBytes: counts.trailingGzip += 1
    }
  }

  /// Whether the bytes end early, so that the last line may lack its end.
  package var isCut: Bool {
    switch self {
    case .truncatedGzip, .corruptGzip: true
    case .wrongChecksum, .trailingBytes: false
    }
  }
}

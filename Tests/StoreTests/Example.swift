import Bytes
import Following
import Store

/// Values to be stored, the same for the same number.
enum Example {
  /// 2026-11-22T14:03:00Z
  static let now: Int64 = 1_795_356_180_000_000_000

  /// The trail of a text of so many bytes, which depends on the number.
  static func trail(_ number: Int, bytes: Int) -> TextTrail {
    var trail = TextTrail()
    let text = (0..<bytes).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ (number &* 7)) }
    trail.append(text.span)
    return trail
  }

  static func file(_ number: Int, bytes: Int = 700) -> FileCheckpoint {
    FileCheckpoint(
      identity: number.isMultiple(of: 5)
        ? nil : FileIdentity(device: .max, inode: UInt64(number) + (1 << 63)),
      trail: trail(number, bytes: bytes), resumeOffset: Int64(bytes) - 3, lineNumber: number,
      encoding: number.isMultiple(of: 2) ? .bytes : .utf16BigEndian,
      isSkipping: number.isMultiple(of: 3), modified: now + Int64(number), size: Int64(bytes),
      wasTruncated: number.isMultiple(of: 4))
  }

  static func path(_ name: String, _ files: [Int]) -> PathCheckpoint {
    PathCheckpoint(path: name, pastModified: -1, files: files.map { file($0) })
  }
}

import Bytes
import Foundation
import Glibc

extension StateFiles {
  /// Renames the damaged file, and what SQLite keeps beside it, to
  /// `<name>.damaged-<UTC yyyymmddThhmmssZ>`, never over anything. `now` is in nanoseconds since
  /// 1970. The caller holds the lock on opening, and nobody has the file open.
  func setAside(reason: String, now: Int64) throws(StateError) -> DamageNotice {
    let stem = database + ".damaged-" + Self.stamp(now)
    let names = (1...Limits.damagedNames).lazy.map { $0 == 1 ? stem : "\(stem)-\($0)" }
    let free = names.first { name in
      !["", "-wal", "-shm"].contains { Self.isTaken(name + $0) }
    }
    guard let name = free else {
      throw StateError(
        .unusable, path: path, action: "set the damaged state file aside",
        reason: "\(Limits.damagedNames) files beginning with \(stem) exist")
    }
    // The database goes last: after a kill between two of them it is found damaged again.
    for ending in ["-shm", "-wal", ""] where Self.isTaken(database + ending) {
      // SAFETY: both strings' bytes end with a NUL and live for the call.
      guard unsafe rename(database + ending, name + ending) == 0 else {
        throw StateError(.current, path: path, action: "set the damaged state file aside")
      }
    }
    return DamageNotice(path: path, reason: reason, keptAs: name)
  }

  /// `20261122T140300Z`
  private static func stamp(_ nanoseconds: Int64) -> String {
    let style = Date.ISO8601FormatStyle(
      dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted,
      timeZoneSeparator: .omitted, includingFractionalSeconds: false, timeZone: .gmt)
    return style.format(Date(timeIntervalSince1970: Double(nanoseconds / 1_000_000_000)))
  }
}

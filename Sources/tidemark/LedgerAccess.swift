import Foundation
import Judgement
import Records
import Reports
import Store
import Watching

/// The ledger of releases as a watch uses it.
struct LedgerAccess {
  private let path: String?
  private let open: ReleaseEntry?
  /// Every release, the newest first.
  let releases: [ReleaseEntry]

  /// Looks for the ledger. When it cannot be read, a watch that asked for it with `--state`, or that
  /// takes its release from it, does not begin; another one goes on without it and says so.
  init(_ options: StateOptions, isNeeded: Bool, warn: (String) -> Void) throws {
    do {
      let path = try StateLocation.resolve(
        option: options.state, environment: ProcessInfo.processInfo.environment)
      releases = try Ledger(path: path).releases()
      open = releases.first { $0.ended == nil }
      self.path = path
    } catch let error as StateLocation.Unknown {
      // Without a place for it there is none.
      guard options.state == nil else { throw Mistake(error.description) }
      (path, open, releases) = (nil, nil, [])
    } catch let error as StateError {
      guard options.state == nil, !isNeeded else {
        throw Mistake("the ledger of releases: \(error)")
      }
      warn("the ledger of releases is left out: \(error)")
      (path, open, releases) = (nil, nil, [])
    }
  }

  /// The release of this name, else, if none is named, the open one that was started last.
  func release(named name: String?) -> ReleaseEntry? {
    guard let name else { return open }
    return releases.first { $0.name == name }
  }

  /// What a watch asks and tells the ledger.
  func watch(of release: ReleaseEntry?, _ surroundings: Surroundings) -> WatchLedger {
    var watch = WatchLedger()
    guard let path else { return watch }
    watch.mutes = {
      do {
        return try Ledger(path: path).mutes(endingAfter: .min).map(Mute.init)
      } catch {
        surroundings.warn("silences are left out: \(error)")
        return []
      }
    }
    guard let release else { return watch }
    watch.keep = { memo in
      do {
        let now = surroundings.now().nanoseconds
        let text = try MemoText.encode(memo)
        let state = try StateFile(path: path, now: now, keepsDamaged: true)
        _ = try state.keep(WatchEntry(recorded: now, memo: text), release: release.name)
      } catch {
        surroundings.warn("the verdict is not kept for the note: \(error)")
      }
    }
    return watch
  }
}

extension Mute {
  init(_ entry: MuteEntry) {
    self.init(
      signal: entry.signal, from: Timestamp(nanoseconds: entry.since),
      until: Timestamp(nanoseconds: entry.until), reason: entry.reason)
  }
}

/// What a watch leaves, as it stands in the ledger.
enum MemoText {
  static func encode(_ memo: WatchMemo) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(memo), as: UTF8.self)
  }

  static func decode(_ text: String) throws -> WatchMemo {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(WatchMemo.self, from: Data(text.utf8))
  }
}

import Records
import Store
import Watching
import Windows

/// What a watch compares with, and what the ledger knows of its release.
extension WatchCommand {
  /// `--baseline before`, said or not.
  var usesBefore: Bool { baseline.isEmpty || baseline.contains("before") }

  /// The baselines that were named, at their places before the release.
  func storedBaselines(_ moment: Timestamp) throws -> StoredBaselines? {
    let names = baseline.filter { $0 != "before" }
    guard !names.isEmpty else { return nil }
    let access = try BaselineAccess(state)
    let found = try names.map { name in
      do {
        return try access.resolve(name)
      } catch let mistake as Mistake {
        throw Mistake(
          "--baseline \(name): \(mistake); expected before, a stored baseline or a baseline file")
      }
    }
    let span = usesBefore ? Int(baselineSpan.nanoseconds / looks.window.nanoseconds) : 0
    do {
      let placement = try BaselinePlacement(
        found, release: moment, widthNanoseconds: looks.window.nanoseconds, before: span)
      return StoredBaselines(found, placement: placement, includesBefore: usesBefore)
    } catch {
      throw Mistake("--baseline: \(error)")
    }
  }

  /// Other releases that lie in the baseline: what was before them is another program.
  func cautions(
    _ ledger: LedgerAccess, _ entry: ReleaseEntry?, _ plan: WindowPlan
  ) -> [String] {
    guard usesBefore else { return [] }
    let start = plan.start(of: -Int(baselineSpan.nanoseconds / looks.window.nanoseconds))
    return ledger.releases.filter { release in
      release.name != entry?.name && release.at > start.nanoseconds
        && release.at < plan.release.nanoseconds
    }.prefix(3).map { release in
      let time = Timestamp(nanoseconds: release.at).rfc3339
      return
        "release \(release.name) of \(time) lies within the baseline; --exclude FROM..TO leaves "
        + "a span out"
    }
  }

  /// Whoever did not name a release should know that the ledger did.
  func tell(_ entry: ReleaseEntry, at moment: Timestamp, _ surroundings: Surroundings) {
    let started = Timestamp(nanoseconds: entry.at)
    surroundings.warn(
      "release \(entry.name) of the ledger, started \(started.rfc3339)"
        + (moment == started ? "" : ", watched from \(moment.rfc3339)")
        + "; another one: --release, none: tidemark release end \(entry.name)")
  }
}

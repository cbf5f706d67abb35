import Foundation
import Testing

@Suite("The same lines give the same verdict, however they come")
struct SameVerdictTests {
  /// The verdict record of a folder's logs as they lie there.
  static func plain(_ folder: String) throws -> String {
    let run = try Shop.watch(Shop.paths(folder), ["--format", "json"])
    return run.verdictLine
  }

  @Test("in any order", arguments: [Shop.bad, Shop.good])
  func order(folder: String) throws {
    let run = try Shop.watch(Shop.paths(folder).reversed(), ["--format", "json"])
    #expect(run.verdictLine == (try Self.plain(folder)))
  }

  @Test("through a pipe, followed or not", arguments: [Shop.bad, Shop.good], [true, false])
  func pipe(folder: String, follows: Bool) throws {
    // Four logs one behind the other go back in time: which of their lines are late for a watch that
    // follows depends on the pace at which they come. So it gets one.
    let paths = follows ? [Shop.paths(folder)[0]] : Shop.paths(folder)
    var data = Data()
    for path in paths { data += try Data(contentsOf: URL(fileURLWithPath: path)) }
    let run = try Tool.run(
      ["watch", "--at", Shop.release, "--timezone", "UTC", "--format", "json"]
        + (follows ? [] : ["--no-follow"]) + ["-"], input: data)
    #expect(run.verdictLine == (try Shop.watch(paths, ["--format", "json"]).verdictLine))
  }

  @Test("gzipped, also in many members", arguments: [Shop.bad, Shop.good])
  func gzip(folder: String) throws {
    let scratch = Scratch()
    for name in Shop.files {
      // Pieces are cut anywhere, in the middle of lines too, as members of one file.
      _ = try shell(
        "split -b 700001 '\(folder)/\(name)' part. && gzip part.* && cat part.*.gz > '\(name).packed' && rm part.*",
        directory: scratch.folder)
    }
    let run = try Shop.watch(
      Shop.files.map { scratch.path($0 + ".packed") }, ["--format", "json"])
    #expect(run.verdictLine == (try Self.plain(folder)))
  }

  @Test("rotated into pieces, the old ones gzipped", arguments: [Shop.bad, Shop.good])
  func rotated(folder: String) throws {
    let scratch = Scratch()
    for name in Shop.files {
      _ = try shell(
        """
        total=$(wc -l < '\(folder)/\(name)'); part=$(( (total + 3) / 4 ))
        split -d -a 1 -l $part '\(folder)/\(name)' piece.
        mv piece.0 '\(name).3'; mv piece.1 '\(name).2'; mv piece.2 '\(name).1'; mv piece.3 '\(name)'
        gzip '\(name).3' '\(name).2'
        """, directory: scratch.folder)
    }
    let named = try Shop.watch(Shop.paths(scratch.folder), ["--format", "json"])
    #expect(named.verdictLine == (try Self.plain(folder)))
    let byFolder = try Shop.watch([scratch.folder], ["--format", "json"])
    #expect(byFolder.verdictLine == (try Self.plain(folder)))
    let byGlob = try Shop.watch([scratch.path("*.log*")], ["--format", "json"])
    #expect(byGlob.verdictLine == (try Self.plain(folder)))
  }

  @Test("with Windows line ends")
  func lineEnds() throws {
    let scratch = Scratch()
    for name in Shop.files {
      _ = try shell("sed 's/$/\\r/' '\(Shop.bad)/\(name)' > '\(name)'", directory: scratch.folder)
    }
    let run = try Shop.watch(Shop.paths(scratch.folder), ["--format", "json"])
    #expect(run.verdictLine == (try Self.plain(Shop.bad)))
  }
}

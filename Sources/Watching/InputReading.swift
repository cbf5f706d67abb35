import Following
import Records

/// What all commands do with their inputs before they read: find files, name problems, keep counts.
struct InputReading {
  let surroundings: Surroundings
  let limits: ReadLimits
  var counts = SkipCounts()
  var notices: [ReadNotice] = []
  private(set) var files: [InputFile] = []
  /// Logical inputs by name.
  private(set) var inputs: [String] = []
  private(set) var problems: [InputProblem] = []
  /// Sentences about files that were found and could not be read.
  private(set) var failedFiles: [String] = []
  /// The same by logical input.
  private(set) var failuresOfInput: [Int: [String]] = [:]
  /// What was skipped of each logical input.
  private(set) var skipsOfInput: [Int: SkipCounts] = [:]
  private var warned = 0
  /// Whether nothing is said any more: it was said when the files were read before.
  var isQuiet = false

  init(surroundings: Surroundings, lineBytesLimit: Int) {
    self.surroundings = surroundings
    limits = ReadLimits(lineBytes: lineBytesLimit)
  }

  /// Finds the files behind the arguments, in reading order.
  mutating func discover(_ arguments: [String], headTime: (Span<UInt8>) -> Int64?) {
    let found = Discovery(arguments: arguments, firstTime: headTime)
    files = found.files
    inputs = found.inputs
    problems = found.problems
    for problem in problems {
      problem.count(in: &counts)
      surroundings.warn(problem.description)
    }
  }

  /// Leaves out the rotated files of an input of which the user has named one elsewhere: then they are
  /// meant to be apart.
  mutating func leaveOutSiblings(namedIn arguments: [String]) {
    let named = Set(
      Discovery(arguments: arguments, includesSiblings: false, firstTime: { _ in nil }).files
        .filter { $0.kind == .regular }.map(\.identity))
    let apart = Set(files.filter { $0.isSibling && named.contains($0.identity) }.map(\.input))
    files.removeAll { $0.isSibling && apart.contains($0.input) }
  }

  /// Reads one file to its end; a failure is a problem like any other.
  mutating func read(_ file: InputFile, _ body: (Span<UInt8>, LinePosition) -> Void) -> Int64 {
    defer { warnAboutNotices() }
    let stopRequest = surroundings.stopRequest
    do throws(ReadError) {
      return try readWhole(
        file: file, limits: limits, counts: &counts, notices: &notices,
        isStopped: { stopRequest() != nil }, body: body)
    } catch {
      fail(error)
      return 0
    }
  }

  /// Takes over what reading a file in pieces came to.
  mutating func adopt(_ pieces: [PieceCount], of file: InputFile) {
    let before = counts
    for piece in pieces {
      counts.merge(piece.skips)
      skipsOfInput[file.input, default: SkipCounts()].merge(piece.skips)
      for notice in piece.notices { notices.add(notice) }
    }
    notices.addSkips(
      of: file.name, from: before, to: counts, lineBytesLimit: limits.lineBytes)
    warnAboutNotices()
    // Whatever the reason, it is that of the whole file.
    if let failure = pieces.lazy.compactMap(\.failure).first {
      failuresOfInput[file.input, default: []].append(String(describing: failure))
      fail(failure)
    }
  }

  private mutating func fail(_ error: ReadError) {
    counts.unreadableFiles += 1
    failedFiles.append(String(describing: error))
    if !isQuiet { surroundings.warn(String(describing: error)) }
  }

  /// Takes over what a follower counted and could not read.
  mutating func adopt(_ follower: Follower, missing: [InputProblem]) {
    inputs = follower.inputs
    problems = missing + follower.problems.filter { !$0.isMissing }
    counts.merge(follower.counts)
  }

  private mutating func warnAboutNotices() {
    for notice in notices.dropFirst(warned) where !isQuiet { surroundings.warn(notice.description) }
    warned = notices.count
  }
}

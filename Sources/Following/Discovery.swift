import Bytes

/// What the user's arguments come to: files in reading order, and what cannot be read.
package struct Discovery: Sendable {
  /// Every readable file, by logical input, the oldest first within each.
  package private(set) var files: [InputFile] = []
  /// The logical inputs by name, in the order they were asked for; also those that are missing.
  package private(set) var inputs: [String] = []
  /// What was asked for and cannot be read.
  package private(set) var problems: [InputProblem] = []
  /// The files that are written now, one for each input, readable or not.
  private(set) var heads: [ReachedPath] = []

  /// The problems as counts, to which reading adds.
  package var counts: SkipCounts {
    var counts = SkipCounts()
    for problem in problems { problem.count(in: &counts) }
    return counts
  }

  /// Finds what `arguments` name: files, folders, quoted globs, or `-` for standard input.
  ///
  /// A file's rotated siblings in its folder come before it, unless `includesSiblings` is false;
  /// `firstTime` finds the first time in a file's decompressed first bytes (at most
  /// `Limits.headBytes`), in nanoseconds since 1970. It is asked only where an input has several
  /// files. Each file is opened once, to see that it can be read.
  package init(
    arguments: [String], includesSiblings: Bool = true,
    fileSystem: any FileSystem = SystemFiles.shared, firstTime: (Span<UInt8>) -> Int64?
  ) {
    let expansion = InputExpansion(arguments: arguments, fileSystem: fileSystem)
    problems = expansion.problems
    var candidates = Self.assign(
      expansion.reached, inputs: &inputs, heads: &heads, fileSystem: fileSystem)
    if includesSiblings { Self.addSiblings(to: &candidates, fileSystem) }
    var chunk = ByteChunk(capacity: Limits.headBytes)
    var inputSizes: [Int: Int] = [:]
    for candidate in candidates { inputSizes[candidate.input, default: 0] += 1 }
    var readable: [Int: [Candidate]] = [:]
    for var candidate in candidates {
      guard candidate.status != nil else { continue }
      if candidate.kind == .regular {
        let needsTime = inputSizes[candidate.input, default: 0] > 1
        do throws(ReadError) {
          candidate.firstTime = try Self.probe(
            candidate.path, fileSystem, chunk: &chunk, needsTime: needsTime, firstTime: firstTime)
        } catch {
          problems.append(InputProblem(path: candidate.path, error))
          continue
        }
      }
      readable[candidate.input, default: []].append(candidate)
    }
    for input in inputs.indices {
      files += Candidate.ordered(readable[input] ?? []).compactMap { $0.file(input: input) }
    }
  }

  /// Gives every reached path its logical input: its own, or that of the file whose past it is.
  private static func assign(
    _ reached: [ReachedPath], inputs: inout [String], heads: inout [ReachedPath],
    fileSystem: any FileSystem
  ) -> [Candidate] {
    var index = SiblingIndex(
      paths: reached.map { $0.kind == .regular ? $0.path : "" }, fileSystem: fileSystem)
    let bases = reached.map { $0.kind == .regular ? index.base(of: $0.path) : nil }
    var inputOfRoot: [Int: Int] = [:]
    return reached.indices.map { position in
      var root = position
      // A base's name is shorter than its sibling's, so this ends.
      while let base = bases[root]?.index { root = base }
      if inputOfRoot[root] == nil {
        inputOfRoot[root] = inputs.count
        heads.append(reached[root])
        inputs.append(
          reached[root].kind == .standardInput ? InputFile.standardInputName : reached[root].path)
      }
      return Candidate(
        path: reached[position].path, kind: reached[position].kind,
        status: reached[position].status, input: inputOfRoot[root] ?? 0,
        age: bases[position]?.age)
    }
  }

  /// Adds the rotated siblings that no argument reached.
  private static func addSiblings(
    to candidates: inout [Candidate], _ fileSystem: any FileSystem
  ) {
    let roots = candidates.filter { $0.age == nil && $0.kind == .regular }
    var index = SiblingIndex(paths: roots.map(\.path), fileSystem: fileSystem)
    var identities = Set(candidates.compactMap { $0.status?.identity })
    var folders: Set<String> = []
    for folder in roots.map(\.path.folderPath) where folders.insert(folder).inserted {
      let names = (try? fileSystem.listing(folder: folder))?.names ?? []
      for name in names where candidates.count < Limits.foundFiles {
        guard let base = index.base(of: folder + "/" + name) else { continue }
        let root = roots[base.index]
        let path = root.path.withLastPathPart(name)
        guard let status = try? fileSystem.status(path: path), status.kind == .regular,
          identities.insert(status.identity).inserted
        else { continue }
        candidates.append(
          Candidate(
            path: path, kind: .regular, status: status, input: root.input, age: base.age))
      }
    }
  }

  /// Opens a file to see that it can be read; finds its first time if asked.
  private static func probe(
    _ path: String, _ fileSystem: any FileSystem, chunk: inout ByteChunk, needsTime: Bool,
    firstTime: (Span<UInt8>) -> Int64?
  ) throws(ReadError) -> Int64? {
    let file: any ReadableFile
    do throws(Errno) {
      file = try fileSystem.open(path: path)
    } catch {
      throw .unreadable(file: path, error)
    }
    var source = ByteSource(file, kind: .regular, name: path)
    if try source.read(into: &chunk) == .end { source.finish(into: &chunk) }
    return needsTime ? firstTime(chunk.bytes) : nil
  }
}

/// A found file before it has its place in the order.
struct Candidate {
  let path: String
  let kind: InputKind
  let status: FileStatus?
  let input: Int
  /// How old its name says it is; nil for the file that is written now.
  let age: SiblingName.Age?
  var firstTime: Int64?

  /// Oldest first: by the first time inside; a file without one stays beside the next older file
  /// by name.
  static func ordered(_ files: [Candidate]) -> [Candidate] {
    let byName = files.enumerated().sorted { left, right in
      switch (left.element.age, right.element.age) {
      case (let one?, let other?) where one != other: one < other
      case (nil, _?): false
      case (_?, nil): true
      default: left.offset < right.offset
      }
    }
    var latest = Int64.min
    var keyed: [(time: Int64, file: Candidate)] = []
    for (_, file) in byName {
      latest = file.firstTime ?? latest
      keyed.append((latest, file))
    }
    return keyed.enumerated().sorted { left, right in
      left.element.time != right.element.time
        ? left.element.time < right.element.time : left.offset < right.offset
    }.map(\.element.file)
  }

  func file(input: Int) -> InputFile? {
    guard let status else { return nil }
    return InputFile(
      path: path, name: kind == .standardInput ? InputFile.standardInputName : path, input: input,
      kind: kind,
      identity: status.identity, isSibling: age != nil, size: status.size,
      modified: status.modified, firstTime: firstTime)
  }
}

extension InputProblem {
  init(path: String, _ error: ReadError) {
    switch error {
    case .unreadable(_, let errno): self.init(path: path, kind: .unreadable(errno))
    case .unsupportedCompression(_, let compression):
      self.init(path: path, kind: .unsupportedCompression(compression))
    case .vanished: self.init(path: path, kind: .missing)
    }
  }
}

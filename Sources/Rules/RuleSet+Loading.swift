import Bytes

extension RuleSet {
  /// The names of the packs that are part of the program.
  package static var builtInPackNames: [String] { BuiltInPacks.names }

  /// Every built-in pack.
  package static func builtIn() -> RuleSet {
    do throws(RuleLoadError) {
      return try load(paths: BuiltInPacks.names)
    } catch {
      preconditionFailure("the built-in packs are checked by the tests:\n\(error)")
    }
  }

  /// The rules of files, folders (their `*.yaml` and `*.yml`, not those of folders below) and
  /// built-in packs by name. A name without a slash that is a pack's means the pack.
  ///
  /// - Throws: every problem in every file, not the first only.
  package static func load(paths: [String]) throws(RuleLoadError) -> RuleSet {
    var files: [RuleFile] = []
    var problems: [RuleProblem] = []
    var seenPacks: Set<String> = []
    var seenFiles: Set<FileIdentity> = []
    var isIncomplete = false
    func add(_ parsed: (file: RuleFile, problems: [RuleProblem])) {
      files.append(parsed.file)
      problems += parsed.problems
    }
    for path in paths {
      if let pack = BuiltInPacks.all.first(where: { $0.name == path }) {
        if seenPacks.insert(path).inserted { add(BuiltInPacks.parsed(pack)) }
        continue
      }
      let found = ruleFiles(at: path, problems: &problems)
      isIncomplete = isIncomplete || found.isEmpty
      for file in found {
        if let identity = try? FileStatus(path: file).identity {
          guard seenFiles.insert(identity).inserted else { continue }
        }
        guard let text = text(ofFile: file, problems: &problems) else {
          isIncomplete = true
          continue
        }
        add(RuleFileParser.parse(name: file, text: text))
      }
    }
    return try RuleLinker.link(files, problems: problems, isIncomplete: isIncomplete)
  }

  /// The rules of texts in memory, by the names that problems show.
  ///
  /// - Throws: every problem in every text.
  package static func load(
    texts: [(name: String, text: String)], packs: [String] = []
  ) throws(RuleLoadError) -> RuleSet {
    let builtIn = BuiltInPacks.all.filter { packs.contains($0.name) }.map(BuiltInPacks.parsed)
    let parsed = builtIn + texts.map { RuleFileParser.parse(name: $0.name, text: $0.text) }
    return try RuleLinker.link(parsed.map(\.file), problems: parsed.flatMap(\.problems))
  }

  private static func ruleFiles(at path: String, problems: inout [RuleProblem]) -> [String] {
    do throws(Errno) {
      guard try FileStatus(path: path).kind == .directory else { return [path] }
      let names = try DirectoryListing(path: path).names
      let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      if files.isEmpty {
        problems.append(
          RuleProblem(file: path, message: "the folder holds no *.yaml or *.yml file"))
      }
      return files.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    } catch .notFound {
      let packs = BuiltInPacks.names
      problems.append(
        RuleProblem(
          file: path,
          message: "no such file, folder or built-in pack"
            + NearestName.hint(path, among: packs)
            + "; built-in packs are \(packs.joined(separator: ", "))"))
    } catch {
      problems.append(RuleProblem(file: path, message: "it cannot be read: \(error)"))
    }
    return []
  }

  private static func text(ofFile path: String, problems: inout [RuleProblem]) -> String? {
    do throws(Errno) {
      // One byte more than a rule file may have, so that the parser can say that it is too long.
      let bytes = try FileContents(path: path, limit: Limits.ruleFileBytes + 1).bytes
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      let line = 1 + validPrefix(of: bytes).count { $0 == 0x0A }
      problems.append(
        RuleProblem(file: path, message: "the file is not UTF-8: see line \(line)"))
    } catch {
      problems.append(RuleProblem(file: path, message: "the file cannot be read: \(error)"))
    }
    return nil
  }

  /// The lines before the first one that is not UTF-8.
  private static func validPrefix(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    var line = bytes.startIndex
    for end in bytes.indices where bytes[end] == 0x0A {
      guard String(validating: bytes[line...end], as: UTF8.self) != nil else { break }
      line = end + 1
    }
    return bytes[..<line]
  }
}

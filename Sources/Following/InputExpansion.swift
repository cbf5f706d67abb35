import Bytes

/// A path that the arguments lead to.
struct ReachedPath: Hashable {
  let path: String
  let kind: InputKind
  /// Whether an argument is this path, not a folder or glob that leads to it.
  let isNamed: Bool
  /// Nil for a path that was named and does not exist.
  let status: FileStatus?
}

/// The user's arguments as paths: folders opened, globs matched, each file once.
///
/// A file that is reached twice, whatever the names, is kept where it was reached first.
struct InputExpansion {
  private(set) var reached: [ReachedPath] = []
  private(set) var problems: [InputProblem] = []
  /// Folders in which new files may turn up: those named, and those in which a glob looks.
  private(set) var folders: [String] = []
  private var identities: Set<FileIdentity> = []
  private var missing: Set<String> = []

  init(arguments: [String]) {
    for argument in arguments {
      if argument == "-" {
        addStandardInput()
      } else if let status = try? FileStatus(path: argument) {
        status.kind == .directory ? addFolder(argument) : add(argument, status, isNamed: true)
      } else if Glob.isPattern(argument) {
        addMatches(of: argument)
      } else {
        addUnreachable(argument)
      }
    }
  }

  private mutating func addStandardInput() {
    do throws(Errno) {
      let status = try FileDescriptor(duplicating: 0).status()
      guard identities.insert(status.identity).inserted else { return }
      reached.append(ReachedPath(path: "-", kind: .standardInput, isNamed: true, status: status))
    } catch {
      problems.append(InputProblem(path: "-", kind: .unreadable(error)))
    }
  }

  /// The regular files of a folder, not those of the folders in it; hidden ones are left out.
  private mutating func addFolder(_ folder: String) {
    folders.append(folder)
    do throws(Errno) {
      let listing = try DirectoryListing(path: folder)
      if listing.unspeakableNames > 0 {
        problems.append(
          InputProblem(path: folder, kind: .unspeakableNames(listing.unspeakableNames)))
      }
      let prefix = folder.utf8.last == 0x2F ? folder : folder + "/"
      for name in listing.names where name.utf8.first != 0x2E {
        guard let status = try? FileStatus(path: prefix + name) else { continue }
        add(prefix + name, status, isNamed: false)
      }
    } catch {
      problems.append(InputProblem(path: folder, kind: .unreadable(error)))
    }
  }

  private mutating func addMatches(of pattern: String) {
    let glob = Glob(pattern)
    folders.append(glob.firstFolder)
    let paths = glob.paths(limit: Limits.foundFiles)
    if paths.isEmpty { problems.append(InputProblem(path: pattern, kind: .noMatch)) }
    for path in paths {
      guard let status = try? FileStatus(path: path) else { continue }
      add(path, status, isNamed: false)
    }
  }

  private mutating func addUnreachable(_ path: String) {
    do throws(Errno) {
      _ = try FileStatus(path: path)
    } catch {
      let kind: InputProblem.Kind =
        error == .notFound || error == .notDirectory ? .missing : .unreadable(error)
      guard missing.insert(path).inserted else { return }
      problems.append(InputProblem(path: path, kind: kind))
      reached.append(ReachedPath(path: path, kind: .regular, isNamed: true, status: nil))
    }
  }

  /// Pipes and devices are read only where they are named: one found in a folder would be waited
  /// for.
  private mutating func add(_ path: String, _ status: FileStatus, isNamed: Bool) {
    let kind: InputKind
    switch status.kind {
    case .regular: kind = .regular
    case .fifo where isNamed, .characterDevice where isNamed: kind = .stream
    case .directory, .fifo, .characterDevice: return
    case .socket, .other:
      if isNamed { problems.append(InputProblem(path: path, kind: .notReadable)) }
      return
    }
    guard identities.insert(status.identity).inserted else { return }
    guard reached.count < Limits.foundFiles else {
      if problems.last?.kind != .tooManyFiles {
        problems.append(InputProblem(path: path, kind: .tooManyFiles))
      }
      return
    }
    reached.append(ReachedPath(path: path, kind: kind, isNamed: isNamed, status: status))
  }
}

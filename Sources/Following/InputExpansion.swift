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
  private let fileSystem: any FileSystem

  init(arguments: [String], fileSystem: any FileSystem = SystemFiles.shared) {
    self.fileSystem = fileSystem
    for argument in arguments {
      guard argument != "-" else {
        addStandardInput()
        continue
      }
      // Asked once: a file may come to be between two calls.
      do throws(Errno) {
        let status = try fileSystem.status(path: argument)
        status.kind == .directory ? addFolder(argument) : add(argument, status, isNamed: true)
      } catch {
        Glob.isPattern(argument) ? addMatches(of: argument) : addUnreachable(argument, error)
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
      let listing = try fileSystem.listing(folder: folder)
      if listing.unspeakableNames > 0 {
        problems.append(
          InputProblem(path: folder, kind: .unspeakableNames(listing.unspeakableNames)))
      }
      let prefix = folder.utf8.last == 0x2F ? folder : folder + "/"
      for name in listing.names where name.utf8.first != 0x2E {
        guard let status = try? fileSystem.status(path: prefix + name) else { continue }
        add(prefix + name, status, isNamed: false)
      }
    } catch {
      problems.append(InputProblem(path: folder, kind: .unreadable(error)))
    }
  }

  private mutating func addMatches(of pattern: String) {
    let found = Glob(pattern).find(limit: Limits.foundFiles, in: fileSystem)
    folders += found.folders
    if found.paths.isEmpty { problems.append(InputProblem(path: pattern, kind: .noMatch)) }
    for path in found.paths {
      guard let status = try? fileSystem.status(path: path) else { continue }
      add(path, status, isNamed: false)
    }
  }

  private mutating func addUnreachable(_ path: String, _ error: Errno) {
    let kind: InputProblem.Kind =
      error == .notFound || error == .notDirectory ? .missing : .unreadable(error)
    guard missing.insert(path).inserted else { return }
    problems.append(InputProblem(path: path, kind: kind))
    reached.append(ReachedPath(path: path, kind: .regular, isNamed: true, status: nil))
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

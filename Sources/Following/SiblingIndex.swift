import Bytes

/// Which reached path is the past of which: the question of `SiblingName` asked of real folders.
struct SiblingIndex {
  /// A name in a folder, whatever way leads to the folder.
  struct Key: Hashable {
    let folder: FileIdentity?
    let name: String
  }

  private var byName: [Key: Int] = [:]
  private var folderIdentities: [String: FileIdentity] = [:]
  private let fileSystem: any FileSystem

  /// `paths` are the reached ones; their positions are what the answers name.
  init(paths: [String], fileSystem: any FileSystem = SystemFiles.shared) {
    self.fileSystem = fileSystem
    for (index, path) in paths.enumerated() {
      let key = key(of: path)
      if byName[key] == nil { byName[key] = index }
    }
  }

  /// Whose past the file at `path` is, if that file was reached too, and how old the name says it
  /// is. Of several readings of the name the first that leads to a reached file holds.
  mutating func base(of path: String) -> (index: Int, age: SiblingName.Age)? {
    let own = key(of: path)
    for reading in SiblingName.readings(of: own.name) {
      if let index = byName[Key(folder: own.folder, name: reading.base)] {
        return (index, reading.age)
      }
    }
    return nil
  }

  private mutating func key(of path: String) -> Key {
    let folder = path.folderPath
    if folderIdentities[folder] == nil {
      folderIdentities[folder] = (try? fileSystem.status(path: folder))?.identity
    }
    return Key(folder: folderIdentities[folder], name: path.lastPathPart)
  }
}

import Bytes

/// A quoted file pattern: `*`, `?` and `[a-z]` within one name, `**` for any number of folders.
///
/// A leading dot is matched only by a dot. A `\` takes the special meaning from what follows.
/// Source: glob(7); `**` as in bash's globstar, without following links to folders.
package struct Glob: Sendable {
  private let isAbsolute: Bool
  private let parts: [String]

  /// Whether `argument` has the look of a pattern.
  package static func isPattern(_ argument: String) -> Bool {
    argument.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
  }

  package init(_ pattern: String) {
    isAbsolute = pattern.utf8.first == 0x2F
    parts = pattern.split(separator: "/").map(String.init)
  }

  /// The folder in which the first part that is a pattern is looked for.
  var firstFolder: String {
    let literal = parts.prefix { $0 != "**" && !Glob.isPattern($0) }.joined(separator: "/")
    if isAbsolute { return "/" + literal }
    return literal.isEmpty ? "." : literal
  }

  /// What a pattern leads to.
  struct Found {
    /// What matches, in byte order of each folder's names.
    var paths: [String] = []
    /// The folders that were listed: what comes up there may match.
    var folders: [String] = []
    fileprivate let limit: Int
    fileprivate let fileSystem: any FileSystem

    fileprivate var isFull: Bool { paths.count >= limit }

    fileprivate mutating func names(in folder: String) -> [String] {
      let path = folder.isEmpty ? "." : folder.utf8.count > 1 ? String(folder.dropLast()) : folder
      guard let listing = try? fileSystem.listing(folder: path) else { return [] }
      folders.append(path)
      return listing.names
    }

    fileprivate func isFolder(_ path: String) -> Bool {
      (try? fileSystem.status(path: path))?.kind == .directory
    }
  }

  /// What matches. At most `limit` paths.
  package func paths(limit: Int) -> [String] {
    find(limit: limit, in: SystemFiles.shared).paths
  }

  /// What matches in a file system. At most `limit` paths.
  func find(limit: Int, in fileSystem: any FileSystem) -> Found {
    var found = Found(limit: limit, fileSystem: fileSystem)
    expand(0, in: isAbsolute ? "/" : "", depth: 0, into: &found)
    if !found.folders.contains(firstFolder) { found.folders.append(firstFolder) }
    return found
  }

  private func expand(_ index: Int, in folder: String, depth: Int, into found: inout Found) {
    guard !found.isFull, index < parts.count else { return }
    let part = parts[index]
    let isLast = index == parts.count - 1
    if part == "**" {
      expandAnyDepth(index, in: folder, depth: depth, into: &found)
    } else if !Glob.isPattern(part) {
      let path = folder + part.filter { $0 != "\\" }
      if isLast {
        if (try? found.fileSystem.status(path: path)) != nil { found.paths.append(path) }
      } else {
        expand(index + 1, in: path + "/", depth: depth, into: &found)
      }
    } else {
      let pattern = Array(part.utf8)
      for name in found.names(in: folder) where Glob.matches(Array(name.utf8), pattern) {
        if isLast {
          guard !found.isFull else { return }
          found.paths.append(folder + name)
        } else if found.isFolder(folder + name) {
          expand(index + 1, in: folder + name + "/", depth: depth, into: &found)
        }
      }
    }
  }

  /// `**`: this folder and every one below; at the end of a pattern every file in them.
  private func expandAnyDepth(
    _ index: Int, in folder: String, depth: Int, into found: inout Found
  ) {
    let isLast = index == parts.count - 1
    if !isLast { expand(index + 1, in: folder, depth: depth, into: &found) }
    guard depth < Limits.globDepthFolders else { return }
    for name in found.names(in: folder) where !name.utf8.starts(with: ".".utf8) {
      let path = folder + name
      if found.isFolder(path) {
        guard !found.fileSystem.isLink(path: path) else { continue }
        expandAnyDepth(index, in: path + "/", depth: depth + 1, into: &found)
      } else if isLast, !found.isFull {
        found.paths.append(path)
      }
    }
  }
}

extension Glob {
  /// Whether one name matches one part of a pattern. Time is at most the product of both lengths.
  package static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    if name.first == 0x2E, pattern.first != 0x2E { return false }
    var at = 0
    var patternAt = 0
    var starAt: Int?
    var starName = 0
    while at < name.count {
      if patternAt < pattern.count, pattern[patternAt] == 0x2A {
        starAt = patternAt
        starName = at
        patternAt += 1
      } else if let next = step(name[at], pattern, patternAt) {
        at += 1
        patternAt = next
      } else if let star = starAt {
        // The last star takes one byte more; an earlier one never needs to.
        starName += 1
        at = starName
        patternAt = star + 1
      } else {
        return false
      }
    }
    while patternAt < pattern.count, pattern[patternAt] == 0x2A { patternAt += 1 }
    return patternAt == pattern.count
  }

  /// Where the pattern goes on if its element at `index` matches `byte`.
  private static func step(_ byte: UInt8, _ pattern: [UInt8], _ index: Int) -> Int? {
    guard index < pattern.count else { return nil }
    switch pattern[index] {
    case 0x3F: return index + 1
    case 0x5C where index + 1 < pattern.count: return pattern[index + 1] == byte ? index + 2 : nil
    case 0x5B:
      guard let set = set(pattern, index) else { return byte == 0x5B ? index + 1 : nil }
      return set.contains(byte) ? set.end : nil
    default: return pattern[index] == byte ? index + 1 : nil
    }
  }

  private struct ByteSet {
    var ranges: [ClosedRange<UInt8>] = []
    var isNegated = false
    var end = 0

    func contains(_ byte: UInt8) -> Bool { ranges.contains { $0.contains(byte) } != isNegated }
  }

  /// The bracket expression at `start`, or nil if no bracket closes it.
  private static func set(_ pattern: [UInt8], _ start: Int) -> ByteSet? {
    var set = ByteSet()
    var index = start + 1
    if index < pattern.count, pattern[index] == 0x21 || pattern[index] == 0x5E {
      set.isNegated = true
      index += 1
    }
    let first = index
    while index < pattern.count {
      let low = pattern[index]
      if low == 0x5D, index > first {
        set.end = index + 1
        return set
      }
      if index + 2 < pattern.count, pattern[index + 1] == 0x2D, pattern[index + 2] != 0x5D {
        let high = pattern[index + 2]
        if low <= high { set.ranges.append(low...high) }
        index += 3
      } else {
        set.ranges.append(low...low)
        index += 1
      }
    }
    return nil
  }
}

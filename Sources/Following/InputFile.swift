package import Bytes

/// How an input is read.
package enum InputKind: Hashable, Sendable {
  /// A file that can be read again and followed as it grows.
  case regular
  /// A FIFO or a device: read once, in order, until its writers have gone.
  case stream
  /// Standard input.
  case standardInput
}

/// One file to read, with its place in the reading order.
package struct InputFile: Hashable, Sendable {
  /// What messages call standard input.
  package static let standardInputName = "standard input"

  /// The path to open; `-` for standard input.
  package let path: String
  /// The file as the user knows it.
  package let name: String
  /// The logical input it belongs to: a file and its rotated siblings share one.
  package let input: Int
  package let kind: InputKind
  package let identity: FileIdentity
  /// Whether it is the past of its input: a rotated file that is not written any more.
  package let isSibling: Bool
  /// Bytes on disk, packed or not.
  package let size: Int64
  /// Last modification in nanoseconds since 1970.
  package let modified: Int64
  /// The first time inside, in nanoseconds since 1970; known where it was needed for the order.
  package let firstTime: Int64?

  package init(
    path: String, name: String, input: Int, kind: InputKind, identity: FileIdentity,
    isSibling: Bool, size: Int64, modified: Int64, firstTime: Int64?
  ) {
    self.path = path
    self.name = name
    self.input = input
    self.kind = kind
    self.identity = identity
    self.isSibling = isSibling
    self.size = size
    self.modified = modified
    self.firstTime = firstTime
  }
}

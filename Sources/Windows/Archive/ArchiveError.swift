/// Why stored windows cannot be taken: what is wrong with them.
package struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }

  static let short = ArchiveError("it ends too early")
}

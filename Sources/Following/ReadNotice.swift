/// Something about a file that the user should know, said once for each file and kind.
package struct ReadNotice: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case truncatedGzip, corruptGzip, trailingGzip, unsupportedCompression, unreadable
    case truncatedLine, nulBytes, other
  }

  /// The file as the user knows it.
  package let file: String
  package let kind: Kind
  /// One sentence without the file's name: what was found, and whether trying again can help.
  package let message: String

  package init(file: String, kind: Kind, message: String) {
    self.file = file
    self.kind = kind
    self.message = message
  }
}

extension ReadNotice {
  /// What an error says of a file, without its name.
  init(_ file: String, _ error: ReadError) {
    let kind: Kind
    if case .unsupportedCompression = error {
      kind = .unsupportedCompression
    } else {
      kind = .unreadable
    }
    let message = error.description
    self.init(
      file: file, kind: kind,
      message: message.hasPrefix(file + ": ") ? String(message.dropFirst(file.count + 2)) : message)
  }
}

extension ReadNotice: CustomStringConvertible {
  package var description: String { "\(file): \(message)" }
}

extension [ReadNotice] {
  /// Adds a notice unless the file already has one of this kind or the list is full.
  package mutating func add(_ notice: ReadNotice) {
    guard count < Limits.notices,
      !contains(where: { $0.file == notice.file && $0.kind == notice.kind })
    else { return }
    append(notice)
  }
}

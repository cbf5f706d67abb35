/// Something that happened to a followed file and that the user may want to know.
package enum FollowChange: Hashable, Sendable {
  /// Another file has the name; the old one is read on for late lines.
  case rotated(file: String)
  /// The file became shorter than what was read of it; it is read again from its start.
  case truncated(file: String)
  /// A file that was waited for, or matches a folder or a glob, is there.
  case appeared(file: String)
  /// The name is gone, or a named file is not there yet; it is waited for.
  case missing(file: String)
  /// The file that was read last by an earlier run is not to be found, under no name.
  case gone(file: String)
  /// The file cannot be opened or read at present.
  case unreadable(file: String, ReadError)
  /// A standard input, FIFO or device has ended.
  case ended(file: String)
  /// The system tells of no changes, so files are looked at again and again.
  case polling(reason: String)
}

extension FollowChange {
  var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  var isUnreadable: Bool {
    if case .unreadable = self { true } else { false }
  }
}

extension FollowChange: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rotated(let file): "\(file): rotated; reading the new file, the old one stays open"
    case .truncated(let file): "\(file): truncated; reading it again from its start"
    case .appeared(let file): "\(file): appeared; reading it"
    case .missing(let file): "\(file): not there; waiting for it"
    case .gone(let file):
      "\(file): the file that was read last is gone; what was written to it since is lost"
    case .unreadable(_, let error): "\(error); it is tried again"
    case .ended(let file): "\(file): ended"
    case .polling(let reason): "no change notification (\(reason)); looking at intervals instead"
    }
  }
}

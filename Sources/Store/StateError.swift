/// Why the state file could not be used: the file, what was tried, what stood in the way, and
/// whether trying again can help.
package struct StateError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// No space is left, or a quota is used up.
    case full
    /// Read-only, not permitted, or no place where a file can be.
    case unusable
    /// Another process kept it for too long.
    case busy
    /// What it holds contradicts itself.
    case damaged
    /// A newer version of Tidemark wrote it.
    case newerVersion
    /// It is no state file.
    case otherProgram
    /// It was removed, renamed or replaced while it was open.
    case moved
    /// The device or the file system failed.
    case failed
  }

  package let kind: Kind
  /// The state file, as the user named it.
  package let path: String
  /// What was tried: `write the checkpoint of job nightly`.
  package let action: String
  /// What stood in the way.
  package let reason: String

  package init(_ kind: Kind, path: String, action: String, reason: String) {
    self.kind = kind
    self.path = path
    self.action = action
    self.reason = reason
  }

  /// Whether the same call may succeed later with nothing repaired by hand.
  package var canRetry: Bool {
    switch kind {
    case .full, .busy, .failed: true
    case .unusable, .damaged, .newerVersion, .otherProgram, .moved: false
    }
  }

  private var advice: String {
    switch kind {
    case .full: "trying again helps once there is space"
    case .unusable: "trying again does not help; name another place with --state"
    case .busy: "trying again can help"
    case .damaged: "the next run sets the file aside and begins a new one"
    case .newerVersion: "it is left as it is; use that version, or another file with --state"
    case .otherProgram: "it is left as it is; name another file with --state"
    case .moved: "start again to go on with the file that is there now"
    case .failed: "trying again can help if the device recovers"
    }
  }
}

extension StateError: CustomStringConvertible {
  /// `/x/tidemark.db: cannot open the state file: Permission denied (errno 13); trying again …`
  package var description: String { "\(path): cannot \(action): \(reason); \(advice)" }
}

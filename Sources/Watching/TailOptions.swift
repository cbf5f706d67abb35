package import Following

/// What `tidemark tail` was asked for.
package struct TailOptions: Sendable {
  /// Files, directories, globs, or `-` for standard input, as the user wrote them.
  package var arguments: [String]
  package var following: FollowOptions
  /// Keep reading as the inputs grow; otherwise end with what is there.
  package var follows = true
  /// Each line begins with the name of its input and a tab.
  package var showsSource = false

  package init(arguments: [String], following: FollowOptions = FollowOptions()) {
    self.arguments = arguments
    self.following = following
  }
}

/// How `tidemark tail` ended.
package struct TailEnding: Sendable {
  package var cause: WatchEnding.Cause
  /// Something that was asked for was missing or could not be read.
  package var isIncomplete: Bool
}

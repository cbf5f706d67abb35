/// Where the state file is when the user does not say, as the XDG base directories have it.
///
/// Source: XDG Base Directory Specification 0.8.
package enum StateLocation {
  /// No folder for the state file can be told.
  package struct Unknown: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
  }

  /// The path of the state file: `option` (`--state`), else `$TIDEMARK_STATE`, else
  /// `$XDG_STATE_HOME/tidemark/tidemark.db`, else `~/.local/state/tidemark/tidemark.db`. A variable
  /// that is set to nothing counts as not set. Throws `Unknown` when there is no `$HOME` either.
  package static func resolve(
    option: String?, environment: [String: String]
  ) throws(Unknown) -> String {
    if let option {
      guard !option.isEmpty else {
        throw Unknown(
          description:
            "--state: the path is empty; expected a file, such as --state /var/lib/tidemark.db")
      }
      return option
    }
    func value(_ name: String) -> String? {
      guard let value = environment[name], !value.isEmpty else { return nil }
      return value
    }
    if let path = value("TIDEMARK_STATE") { return path }
    // The specification wants relative paths to be ignored.
    if let folder = value("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return folder + "/tidemark/tidemark.db"
    }
    guard let home = value("HOME"), home.hasPrefix("/") else {
      throw Unknown(
        description: """
          no place for the state file: HOME is not set; expected --state FILE, or TIDEMARK_STATE or \
          HOME in the environment
          """)
    }
    return home + "/.local/state/tidemark/tidemark.db"
  }
}

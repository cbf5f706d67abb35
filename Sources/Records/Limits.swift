/// Every bound of this target, with its unit in the name.
enum Limits {
  /// A TZif file; the largest of the IANA database has about 4 KiB.
  static let zoneFileBytes = 256 * 1024
  static let zoneNameBytes = 128
  static let zoneTransitions = 4_096
  /// Zones that a reader keeps because a log names them in its stamps (`Europe/Berlin`).
  static let namedZonesPerReader = 8
  /// Nesting of a JSON record; deeper ones are malformed.
  static let jsonNestingLevels = 64
  /// Objects whose fields are looked up by their dotted names; deeper ones are skipped.
  static let jsonNamedLevels = 6
  /// A dotted field name; longer ones are not looked up.
  static let fieldNameBytes = 64

  /// Outer layers of one line, such as syslog in CRI.
  static let nestedLayers = 4
  /// A container's name in front of a compose line.
  static let containerNameBytes = 128
  static let loggerNameBytes = 256
  /// Where the level of a PostgreSQL line must stand: `log_line_prefix` may name user and database.
  static let postgresPrefixBytes = 1_024
  /// Where the time of an access line must stand: host, client and user come before it.
  static let accessPrefixBytes = 1_024
  /// How far, and behind how many fields, the time of a line of no known format is looked for.
  static let stampSearchBytes = 120
  static let stampSearchFields = 8
  /// Fields behind a time in which the level of such a line is looked for.
  static let genericLevelFields = 8
  static let tableColumns = 256
  /// Lines that one record holds; more are counted and left out of its text.
  static let recordLines = 512
  static let recordTextBytes = 256 * 1_024
  /// A line that a container's log holds in pieces; more of it is left out.
  static let joinedLineBytes = 1_024 * 1_024
  /// Lines at the left margin behind an exception's own line that still belong to it.
  static let exceptionTextLines = 8
  /// Lines of the other stream that may pass before a pending record is let go.
  static let linesOfOtherStream = 256
  /// Programs and processes of one file whose lines are kept apart.
  static let lanes = 8
  /// Lines of other processes that may pass before a pending record is let go, and how long it waits.
  static let linesOfOtherProcesses = 64
  static let waitForProcessNanoseconds: Int64 = 5_000_000_000
  /// Lines of the kernel's report on memory, one a process.
  static let outOfMemoryLines = 400
  /// Lines between the head of a Node block and its caret line.
  static let nodeSourceLines = 3
}

/// What was not read, and how often: every report shows it, so that nothing is lost in silence.
package struct SkipCounts: Hashable, Sendable {
  /// Lines longer than the limit, whose rest was skipped.
  package var truncatedLines = 0
  /// NUL bytes skipped at the start of lines.
  package var nulBytes = 0
  /// Files, inputs and folders that could not be opened or read.
  package var unreadableFiles = 0
  /// Files packed in a way that cannot be unpacked here.
  package var unsupportedCompression = 0
  /// gzip files that end inside a member.
  package var truncatedGzip = 0
  /// gzip members that are damaged or whose checksum disagrees.
  package var corruptGzip = 0
  /// gzip files with bytes after the last member that are no member.
  package var trailingGzip = 0

  package init() {}

  /// Adds the counts of another worker.
  package mutating func merge(_ other: SkipCounts) {
    truncatedLines += other.truncatedLines
    nulBytes += other.nulBytes
    unreadableFiles += other.unreadableFiles
    unsupportedCompression += other.unsupportedCompression
    truncatedGzip += other.truncatedGzip
    corruptGzip += other.corruptGzip
    trailingGzip += other.trailingGzip
  }
}

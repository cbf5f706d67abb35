package import Records

/// Windows of a timeline as bytes: what a job remembers from run to run, and what a baseline is.
///
/// ```
/// "TMWN" version │ width │ start of the first window │ windows │ sections │ checksum
/// section: name │ length │ bytes
/// ```
///
/// Each kind of count has a section of its own with the names it needs: a reader passes over sections
/// that it does not know and goes without those that are not there, so kinds can be added. What rules
/// count is kept by name, because its number differs from one set of rules to the next.
package struct WindowArchive: Sendable {
  package static let version: UInt64 = 1
  static let magic = Array("TMWN".utf8)

  package enum Section: String, Sendable {
    /// Lines and records by window.
    case lines
    /// Counts and sums by window.
    case measures
    /// Distributions by window.
    case histograms
    /// Lines by window and input.
    case inputs
    /// Counts by route, over all windows and by window.
    case routes
    /// Matches by rule, over all windows.
    case rules
    /// Error records by signature, over all windows.
    case signatures
    /// Times of the first and the last record.
    case times
  }

  package let widthNanoseconds: Int64
  /// Start of the first window.
  package let start: Timestamp
  /// Windows, those in which nothing was logged included.
  package let count: Int
  let bytes: [UInt8]
  private let sections: [String: Range<Int>]

  /// Takes bytes that `Timeline.archive` wrote, here or elsewhere. Throws when they are not such, or
  /// not as they were written.
  package init(_ bytes: [UInt8]) throws(ArchiveError) {
    guard bytes.count > Self.magic.count + 8, bytes.starts(with: Self.magic) else {
      throw ArchiveError("it holds no windows of Tidemark")
    }
    let end = bytes.count - 8
    var tail = ArchiveReader(bytes, end..<bytes.count)
    var reader = ArchiveReader(bytes, Self.magic.count..<end)
    let version = try reader.number()
    guard version <= Self.version else {
      throw ArchiveError("version \(version) of the format; this program reads \(Self.version)")
    }
    guard try tail.fixed() == Self.checksum(bytes, upTo: end) else {
      throw ArchiveError("its checksum disagrees: it was changed or cut")
    }
    let width = try reader.number()
    guard width > 0, width <= UInt64(Limits.archivedWidthNanoseconds) else {
      throw ArchiveError("windows of \(width) ns; expected 1 ns to 1 day")
    }
    widthNanoseconds = Int64(width)
    start = Timestamp(nanoseconds: try reader.signed())
    let count = try reader.count(Limits.archivedWindows, of: "windows")
    let span = Int64(count).multipliedReportingOverflow(by: widthNanoseconds)
    guard !span.overflow, span.partialValue <= Limits.archivedSpanNanoseconds else {
      throw ArchiveError("\(count) windows of \(width) ns; expected at most ten years of them")
    }
    self.count = count
    var sections: [String: Range<Int>] = [:]
    while !reader.isAtEnd {
      let name = try reader.text()
      let length = try reader.number()
      sections[name] = try reader.skip(length)
    }
    self.bytes = bytes
    self.sections = sections
  }

  /// The moment behind the last window.
  package var end: Timestamp {
    start.advanced(byNanoseconds: Int64(count) * widthNanoseconds)
  }

  /// A reader of one section; nil when the archive has none.
  func reader(of section: Section) -> ArchiveReader? {
    sections[section.rawValue].map { ArchiveReader(bytes, $0) }
  }

  /// The bytes of an archive with these sections.
  static func bytes(
    widthNanoseconds: Int64, start: Timestamp, count: Int, sections: [(Section, ArchiveWriter)]
  ) -> [UInt8] {
    var writer = ArchiveWriter()
    writer.raw(magic)
    writer.number(version)
    writer.number(UInt64(widthNanoseconds))
    writer.signed(start.nanoseconds)
    writer.number(count)
    for (name, section) in sections {
      writer.text(name.rawValue)
      writer.number(section.bytes.count)
      writer.raw(section.bytes)
    }
    writer.fixed(checksum(writer.bytes, upTo: writer.bytes.count))
    return writer.bytes
  }

  /// FNV-1a, eight bytes at a step.
  static func checksum(_ bytes: [UInt8], upTo end: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var place = 0
    while place < end {
      var word: UInt64 = 0
      for offset in 0..<min(8, end - place) {
        word |= UInt64(bytes[place + offset]) << UInt64(8 * offset)
      }
      hash = (hash ^ word) &* 0x0000_0100_0000_01B3
      hash ^= hash >> 32
      place += 8
    }
    return hash ^ UInt64(end)
  }
}

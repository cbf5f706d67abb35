import Foundation
package import Windows

/// What a baseline covers. Member names are those of its file; new ones are optional.
package struct BaselineFacts: Codable, Hashable, Sendable {
  package var name: String
  /// RFC 3339, like every time here.
  package var captured: String
  package var inputs: [String]
  /// Times of the first and the last record.
  package var from: String?
  package var to: String?
  package var lines: Int
  package var requests: Double
  package var windowSeconds: Double
  package var windows: Int
  /// Hours of the week in which something was logged, from 0, Monday midnight UTC, to 167.
  package var hoursOfWeek: [Int]
}

/// Windows of a service's earlier life, to compare with.
package struct StoredBaseline: Sendable {
  package var facts: BaselineFacts
  package var archive: WindowArchive
  package var bytes: [UInt8]

  package init(facts: BaselineFacts, bytes: [UInt8]) throws(ArchiveError) {
    self.facts = facts
    self.bytes = bytes
    archive = try WindowArchive(bytes)
  }

  /// What `facts` says as the text that is stored beside the windows.
  package func factsText() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(facts), as: UTF8.self)
  }

  /// Reads what `factsText` made. Throws a `DecodingError`.
  package static func facts(_ text: String) throws -> BaselineFacts {
    try JSONDecoder().decode(BaselineFacts.self, from: Data(text.utf8))
  }
}

/// The file that takes a baseline to another machine: JSON with a version.
extension StoredBaseline {
  package static let fileVersion = 1
  private static let fileFormat = "tidemark-baseline"

  private struct File: Codable {
    var format: String
    var v: Int
    var baseline: BaselineFacts?
    var windows: String?
  }

  package func file() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let file = File(
      format: Self.fileFormat, v: Self.fileVersion, baseline: facts,
      windows: Data(bytes).base64EncodedString())
    return String(decoding: try encoder.encode(file), as: UTF8.self) + "\n"
  }

  /// Reads a file that `file()` made, here or elsewhere. Throws what is wrong with it.
  package init(file bytes: [UInt8]) throws(ArchiveError) {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(bytes))
    } catch {
      throw ArchiveError("it is no baseline file: \(Self.reason(error))")
    }
    guard file.format == Self.fileFormat else {
      throw ArchiveError("its format is \(file.format); expected \(Self.fileFormat)")
    }
    guard file.v >= 1, file.v <= Self.fileVersion else {
      throw ArchiveError(
        "version \(file.v) of the format; this program reads version \(Self.fileVersion)")
    }
    guard let facts = file.baseline, let text = file.windows,
      let windows = Data(base64Encoded: text)
    else { throw ArchiveError("it has no baseline or no windows") }
    try self.init(facts: facts, bytes: Array(windows))
    let stated = facts.windows
    guard stated == archive.count,
      Int64(exactly: (facts.windowSeconds * 1e9).rounded()) == archive.widthNanoseconds
    else {
      throw ArchiveError(
        "it states \(stated) windows and holds \(archive.count) or of other length")
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "\(key.stringValue) is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
    case DecodingError.dataCorrupted(let context): context.debugDescription
    default: String(describing: error)
    }
  }
}

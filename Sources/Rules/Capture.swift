package import Records

/// How the text of a capture is read.
package enum CaptureKind: Sendable, Equatable {
  case integer
  case number
  case word
  case text
  /// A path, compared and shown with its identifiers masked.
  case route
  /// Seconds; the unit is that of a plain number, a unit in the text wins.
  case duration(DurationUnit)
  /// Bytes; a unit in the text wins.
  case bytes

  /// Whether it has a value that can be added up.
  package var isNumeric: Bool {
    switch self {
    case .integer, .number, .duration, .bytes: true
    case .word, .text, .route: false
    }
  }

  /// As the rule file names it.
  package var name: String {
    switch self {
    case .integer: "integer"
    case .number: "number"
    case .word: "word"
    case .text: "text"
    case .route: "route"
    case .duration(let unit): "\(unit)"
    case .bytes: "bytes"
    }
  }
}

/// A field that every format gives the same name, so that one rule fits them all.
package enum NormalisedField: String, Sendable, CaseIterable {
  case method
  case route
  case status
  /// Seconds.
  case duration
  case cache
  case databaseCalls = "db_calls"
  /// Seconds.
  case databaseDuration = "db_time"
  case message

  package var kind: CaptureKind {
    switch self {
    case .method, .cache: .word
    case .message: .text
    case .route: .route
    case .status: .integer
    case .databaseCalls: .number
    case .duration, .databaseDuration: .duration(.seconds)
    }
  }
}

/// A named value of a match: the named group, else the normalised field of that name.
package struct Capture: Sendable, Equatable {
  package let name: String
  /// How the group's text is read. A normalised field keeps its own kind and unit.
  package let kind: CaptureKind
  /// Numbers of the groups of that name; the first one that took part in the match counts.
  let groups: [Int]
  let field: NormalisedField?
}

import Records
import Windows

/// What an input does not tell, and the line that makes its program tell it.
package struct Remedy: Sendable, Equatable {
  /// What a log may lack.
  package enum Lack: String, Sendable, CaseIterable {
    case time
    case requests
    case latency
    case cacheStatus = "cache status"
    case databaseCalls = "database calls"
    case databaseTime = "database time"
  }

  package let program: String
  /// What it brings.
  package let brings: [Lack]
  /// Where the lines belong.
  package let place: String
  package let lines: [String]
  /// What else is to be known.
  package let note: String?

  init(
    _ program: String, brings: [Lack], place: String, lines: [String], note: String? = nil
  ) {
    self.program = program
    self.brings = brings
    self.place = place
    self.lines = lines
    self.note = note
  }
}

extension DoctorInput {
  /// What the input could tell and does not.
  package var lacks: [Remedy.Lack] {
    guard census.lines > 0 else { return [] }
    var lacks: [Remedy.Lack] = []
    if census.stampedLines == 0 { lacks.append(.time) }
    if hasRequests {
      if census.requests.withDuration == 0 { lacks.append(.latency) }
      if census.requests.withCache == 0 { lacks.append(.cacheStatus) }
      if census.requests.withDatabaseCalls == 0 { lacks.append(.databaseCalls) }
      if census.requests.withDatabaseTime == 0 { lacks.append(.databaseTime) }
    } else if has(.gunicornError) {
      lacks.append(.requests)
    } else if isPostgres, census.databaseStatements == 0 {
      lacks.append(.databaseTime)
    }
    return lacks
  }

  func has(_ formats: LineFormat...) -> Bool {
    formats.contains { census.linesByFormat[$0] != nil }
  }

  var isPostgres: Bool { has(.postgresStderr, .postgresCSV) || isPostgresJSON }

  /// PostgreSQL's jsonlog is JSON like any other but for the name of its file.
  private var isPostgresJSON: Bool { has(.jsonGeneric) && isNamed("postgres") }

  func isNamed(_ words: String...) -> Bool {
    let name = name.lowercased()
    return words.contains { name.contains($0) }
  }
}

/// The four logs that the service writes.
package enum DemoFile: Int, CaseIterable, Sendable {
  case nginxAccess
  case nginxError
  case app
  case postgres

  /// The file's name, without a folder.
  package var name: String {
    switch self {
    case .nginxAccess: "nginx-access.log"
    case .nginxError: "nginx-error.log"
    case .app: "app.log"
    case .postgres: "postgres.log"
    }
  }
}

/// One physical line of one of the logs. The lines of a traceback come one after the other and
/// share the time of their head.
package struct DemoLine: Sendable, Equatable {
  /// The log that the line belongs to.
  package let file: DemoFile
  /// When the line is written, in microseconds since 1970-01-01T00:00:00Z. Never smaller than that
  /// of the line before, whatever the file.
  package let timeMicroseconds: Int64
  /// The line, with its newline.
  package let bytes: [UInt8]
}

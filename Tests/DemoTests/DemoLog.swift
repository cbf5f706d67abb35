import Demo
import Testing

/// The lines of a generated log, per file, read by nothing but string splitting: the tests count
/// with their own eyes, not with the generator's.
struct DemoLog {
  let options: DemoOptions
  let truth: DemoTruth
  private(set) var lines: [DemoFile: [(time: Int64, text: String)]] = [:]

  /// The log of `DemoOptions.small`, made once for all tests that only read it.
  static let small = DemoLog(.small)

  /// All lines that `next()` hands out.
  init(_ options: DemoOptions) {
    self.options = options
    var service = DemoService(options: options)
    while let line = service.next() {
      let text = String(decoding: line.bytes, as: UTF8.self)
      lines[line.file, default: []].append((line.timeMicroseconds, text))
    }
    truth = service.truth
  }

  func texts(_ file: DemoFile) -> [String] {
    (lines[file] ?? []).map { String($0.text.dropLast()) }
  }

  /// The nginx access lines, without those of the first 30 s after the release.
  var settledRequests: (before: [DemoRequest], after: [DemoRequest]) {
    let release = Int64(options.release) * 1_000_000
    let parsed = (lines[.nginxAccess] ?? []).map { ($0.time, DemoRequest($0.text)) }
    return (
      parsed.filter { $0.0 < release }.map(\.1),
      parsed.filter { $0.0 >= release + 30_000_000 }.map(\.1)
    )
  }
}

/// One nginx access line, cut at its quotes and spaces.
struct DemoRequest {
  let request: String
  let status: Int
  let fields: [String: String]

  init(_ line: String) {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    request = String(parts[1])
    status = Int(parts[2].split(separator: " ")[0]) ?? 0
    var fields: [String: String] = [:]
    for field in parts[6].dropLast().split(separator: " ") where field.contains("=") {
      let pair = field.split(separator: "=", maxSplits: 1)
      fields[String(pair[0])] = String(pair[1])
    }
    self.fields = fields
  }

  var isServerError: Bool { (500...599).contains(status) }
}

extension DemoOptions {
  /// A log small enough to read whole: 200 s before and after, with everything that can happen.
  static var small: DemoOptions {
    var options = DemoOptions.badRelease
    options.before = 200
    options.after = 200
    options.errorShare = 0.03
    return options
  }
}

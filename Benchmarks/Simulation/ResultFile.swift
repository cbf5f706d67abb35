import Foundation

/// The figures of finished scenarios, one line each, so that a run that was stopped goes on where it
/// was.
struct ResultFile {
  private let path: String
  private(set) var rows: [ResultRow] = []

  init(path: String) {
    self.path = path
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
    rows = text.split(separator: "\n").compactMap(ResultRow.init(line:))
  }

  /// Whether the scenario was simulated at this length and from this seed.
  func has(_ scenario: Scenario, seed: UInt64, watches: Int) -> Bool {
    rows.contains {
      $0.table == scenario.table && $0.cell == scenario.cell && $0.seed == seed
        && $0.watches == watches
    }
  }

  /// Adds the figures of a scenario, all of them or none.
  mutating func add(_ new: [ResultRow]) throws {
    rows += new
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = rows.map { $0.line + "\n" }.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}

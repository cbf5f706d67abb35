import Demo
import Foundation
import Testing

@Suite("The demo writes its log into a folder")
struct WritingTests {
  @Test("the truth is what the files hold, counted by hand")
  func truth() throws {
    try withFolder { folder in
      let truth = try DemoService(options: .small).write(to: folder)
      var before = DemoCounts()
      var after = DemoCounts()
      for file in DemoFile.allCases {
        var isAfter = false
        for line in try lines(of: folder + "/" + file.name) {
          if let clock = clock(of: line) { isAfter = clock >= "14:00:00" }
          if isAfter { count(line, file, &after) } else { count(line, file, &before) }
        }
      }
      // What fell into the restart cannot be told from the lines; the rest can.
      after.restartServerErrors = truth.after.restartServerErrors
      #expect(truth.before == before)
      #expect(truth.after == after)
      #expect(truth.after.newTracebacks > 10 && truth.after.restartServerErrors > 0)
      let contents = try String(contentsOfFile: folder + "/CONTENTS.md", encoding: .utf8)
      #expect(
        contents.contains(
          "| lines of `app.log` | \(before.lines(of: .app)) | \(after.lines(of: .app)) |"))
      #expect(contents.contains("| seed | 42 |") && contents.contains("2026-11-22T14:00:00Z"))
    }
  }

  @Test("the files hold what next() hands out")
  func sameLines() throws {
    try withFolder { folder in
      let log = DemoLog.small
      let truth = try DemoService(options: .small).write(to: folder + "/made/on/the/way")
      #expect(truth == log.truth)
      for file in DemoFile.allCases {
        let written = try lines(of: folder + "/made/on/the/way/" + file.name)
        #expect(written == log.texts(file))
      }
    }
  }

  @Test("rotated pieces, oldest first, make the same log", arguments: [1, 3, 99])
  func rotated(pieces: Int) throws {
    try withFolder { folder in
      let truth = try DemoService(options: .small).write(
        to: folder, split: .rotated(pieces: pieces))
      let log = DemoLog.small
      #expect(truth == log.truth)
      for file in DemoFile.allCases {
        var written: [String] = []
        for piece in (1...pieces).reversed() {
          written += try lines(of: "\(folder)/\(file.name).\(piece)")
        }
        let release = written.count
        written += try lines(of: "\(folder)/\(file.name)")
        #expect(written == log.texts(file))
        #expect(release == truth.before.lines(of: file))
      }
    }
  }

  @Test("a folder that cannot be made is named, with the system's reason")
  func unwritable() throws {
    try withFolder { folder in
      try "".write(toFile: folder + "/file", atomically: false, encoding: .utf8)
      let error = #expect(throws: DemoWriteError.self) {
        _ = try DemoService(options: .small).write(to: folder + "/file/below")
      }
      #expect(error?.operation == "make the folder")
      #expect(error?.path == folder + "/file/below")
      #expect(error?.errno == ENOTDIR)
      #expect(error?.description.contains("/file/below: Not a directory; ") == true)
    }
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "demo-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func lines(of path: String) throws -> [String] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.isEmpty || text.hasSuffix("\n"))
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// The time of day in a line, or nil for one without.
  private func clock(of line: String) -> Substring? {
    if line.hasPrefix("2026") { return line.dropFirst(11).prefix(8) }
    let parts = line.prefix(60).split(separator: "[22/Nov/2026:")
    return parts.count == 2 ? parts[1].prefix(8) : nil
  }

  private func count(_ line: String, _ file: DemoFile, _ counts: inout DemoCounts) {
    counts.lines[file.rawValue] += 1
    switch file {
    case .nginxAccess:
      counts.nginxRequests += 1
      if DemoRequest(line + "\n").isServerError { counts.nginxServerErrors += 1 }
    case .nginxError:
      if line.contains(" [error] ") { counts.nginxErrors += 1 }
    case .app:
      if line.contains(" HTTP/1.1\" ") { counts.appRequests += 1 }
      if line.contains(" HTTP/1.1\" 5") { counts.appServerErrors += 1 }
      if line.contains(" ERROR:    Exception in ASGI") { counts.tracebacks += 1 }
      if line.hasPrefix("sqlalchemy.exc.ProgrammingError") { counts.newTracebacks += 1 }
    case .postgres:
      if line.contains(" ERROR:  ") { counts.postgresErrors += 1 }
      if line.contains("does not exist at character 61") { counts.newPostgresErrors += 1 }
    }
  }
}

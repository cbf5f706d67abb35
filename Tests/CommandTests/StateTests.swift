import Foundation
import Store
import Testing

@Suite("tidemark state")
struct StateTests {
  let scratch = Scratch()
  /// 2026-11-22T14:03:00.5Z
  static let lastRun: Int64 = 1_795_356_180_500_000_000

  /// A state file with two jobs; one has read from the journal.
  func stateFile(_ name: String = "st.db") throws -> String {
    let path = scratch.path(name)
    let state = try StateFile(path: path, now: 0)
    try state.job("nightly").commit(
      JobCommit(counts: ["lines": 184_223], cursor: "s=abc;i=1;b=2", lastRun: Self.lastRun))
    try state.job("hourly").commit(JobCommit(counts: ["bytes": 7], lastRun: 1_000_000_000))
    return path
  }

  @Test("check lists the jobs with their lines and last runs")
  func check() throws {
    let path = try stateFile()
    let text = try Tool.run(["state", "check", "--state", path])
    #expect(text.status == 0 && text.errors == "")
    #expect(
      text.output
        == "\(path): ok\nhourly\t0\t1970-01-01T00:00:01Z\nnightly\t184223\t2026-11-22T14:03:00.500Z\n"
    )
    let json = try Tool.run(["state", "check", "--state", path, "--format", "json"])
    #expect(
      json.output
        == #"{"ok":true,"jobs":[{"job":"hourly","lines":0,"lastRun":"1970-01-01T00:00:01Z"},"#
        + #"{"job":"nightly","lines":184223,"lastRun":"2026-11-22T14:03:00.500Z"}]}"# + "\n")
  }

  @Test("check of a damaged file is a failure that changes nothing", arguments: ["text", "json"])
  func damaged(format: String) throws {
    let path = try scratch.write("st.db", Data(count: 20_000))
    let run = try Tool.run(["state", "check", "--state", path, "--format", format])
    #expect(run.status == 1)
    #expect(run.errors.contains("\(path): damaged: it is filled with zeros"))
    if format == "json" {
      #expect(
        run.output == #"{"ok":false,"jobs":[],"problems":["it is filled with zeros"]}"# + "\n")
    } else {
      #expect(run.output == "\(path): damaged\n")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder) == ["st.db"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(count: 20_000))
  }

  @Test(
    "what there is not yet is no damage, and is not made",
    arguments: [
      (["check"], "FILE: ok, there is none yet\n"),
      (["check", "--format", "json"], #"{"ok":true,"jobs":[]}"# + "\n"),
      (["vacuum"], "FILE: there is none yet\n"),
      (["vacuum", "--format", "json"], #"{"before":0,"after":0}"# + "\n"),
    ])
  func missing(arguments: [String], output: String) throws {
    let path = scratch.path("folder/st.db")
    let run = try Tool.run(["state"] + arguments + ["--state", path])
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output == output.replacingOccurrences(of: "FILE", with: path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder) == [])
  }

  @Test("path follows option and environment")
  func path() throws {
    let named = try Tool.run(["state", "path", "--state", "x.db"])
    #expect(named.output == "x.db\n" && named.status == 0)
    let environment = ["TIDEMARK_STATE": "/a/b.db"]
    let variable = try Tool.run(["state", "path"], environment: environment)
    #expect(variable.output == "/a/b.db\n")
    let json = try Tool.run(
      ["state", "path", "--format", "json"],
      environment: ["TIDEMARK_STATE": "", "XDG_STATE_HOME": "/x"])
    #expect(json.output == #"{"path":"/x/tidemark/tidemark.db"}"# + "\n")
  }

  @Test("without any place for the file it says what to set")
  func noPlace() throws {
    let run = try Tool.run(
      ["state", "path"], environment: ["TIDEMARK_STATE": "", "XDG_STATE_HOME": "", "HOME": ""])
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.contains("HOME") && run.errors.contains("--state FILE"))
  }

  @Test("cursor prints where a job stands in the journal, and fails when it stands nowhere")
  func cursor() throws {
    let path = try stateFile()
    let found = try Tool.run(["state", "cursor", "--job", "nightly", "--state", path])
    #expect(found.output == "s=abc;i=1;b=2\n" && found.status == 0 && found.errors == "")
    for job in ["hourly", "never"] {
      let none = try Tool.run(["state", "cursor", "--job", job, "--state", path])
      #expect(none.output == "" && none.status == 1)
      #expect(none.errors.contains("job \(job)") && none.errors.contains("journalctl -o json"))
    }
    let json = try Tool.run(
      ["state", "cursor", "--job", "hourly", "--state", path, "--format", "json"])
    #expect(json.output == #"{"job":"hourly","cursor":null}"# + "\n" && json.status == 1)
  }

  @Test("vacuum gives space back and keeps what is there")
  func vacuum() throws {
    let path = try stateFile()
    do {
      let job = try StateFile(path: path, now: 0).job("large")
      try job.commit(
        JobCommit(
          counts: Dictionary(uniqueKeysWithValues: (0..<20_000).map { ("counter \($0)", 1) }),
          lastRun: 1))
    }
    _ = try shell(
      "python3 -c 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); "
        + "d.execute(\"DELETE FROM counter WHERE name LIKE \\\"counter %\\\"\"); d.commit()' '\(path)'"
    )
    let run = try Tool.run(["state", "vacuum", "--state", path, "--format", "json"])
    #expect(run.status == 0)
    let bytes = try #require(run.objects.first as? [String: Int])
    #expect((bytes["after"] ?? .max) < (bytes["before"] ?? 0) / 2)
    #expect(try StateReport(path: path).jobs.map(\.lines) == [0, 0, 184_223])
  }

  @Test(
    "a file that is none of ours is a mistake and stays as it is",
    arguments: ["check", "vacuum", "cursor"])
  func foreign(command: String) throws {
    let path = try scratch.write("app.log", "2026-11-22T14:03:00Z ERROR x\n")
    let run = try Tool.run(
      ["state", command, "--state", path] + (command == "cursor" ? ["--job", "x"] : []))
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.contains("\(path): ") && run.errors.contains("left as it is"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder) == ["app.log"])
  }
}

import Store
import Testing

@Suite("Messages to alert sinks in the state file")
struct OutboxTests {
  private func row(
    _ key: String, _ revision: Int, state: String = "waiting"
  ) -> OutboxRow {
    OutboxRow(
      number: 0, sink: "github", key: key, revision: revision, state: state, tries: 0, written: 1,
      nextTry: 1, reason: nil, run: "r", notice: "{}")
  }

  @Test("are there after the file was closed, in order, with what became of them")
  func kept() throws {
    let scratch = Scratch()
    do {
      let state = try StateFile(path: scratch.path("s.db"), now: 0)
      #expect(try state.addToOutbox(row("a", 1)) == 1)
      #expect(try state.addToOutbox(row("b", 1)) == 2)
      #expect(try state.addToOutbox(row("a", 2)) == 3)
      var second = try state.outbox()[1]
      second.state = "dead"
      second.reason = "status 404"
      second.tries = 3
      try state.updateOutbox([second])
    }
    let state = try StateFile(path: scratch.path("s.db"), now: 0)
    let rows = try state.outbox()
    #expect(rows.map(\.number) == [1, 2, 3])
    #expect(rows.map(\.state) == ["waiting", "dead", "waiting"])
    #expect(rows[1].reason == "status 404" && rows[1].tries == 3)
    #expect(try state.lastRevision(ofKey: "a") == 2)
    #expect(try state.lastRevision(ofKey: "none") == 0)
  }

  @Test("that have arrived make room, and those that have not are kept")
  func room() throws {
    let scratch = Scratch()
    let state = try StateFile(path: scratch.path("s.db"), now: 0)
    for index in 0..<2_050 {
      _ = try state.addToOutbox(row("k\(index)", 1, state: index % 100 == 0 ? "dead" : "delivered"))
    }
    let rows = try state.outbox()
    #expect(rows.count == 2_001)
    #expect(rows.filter { $0.state == "dead" }.count == 21)
  }
}

import Foundation
import Testing

@Suite("tidemark release note")
struct ReleaseNoteTests {
  private let scratch = Scratch()

  private func release(_ arguments: String...) throws -> Tool.Run {
    try Tool.run(["release"] + arguments + ["--state", scratch.path("st.db")])
  }

  /// A release whose watch has ended.
  private func watched(_ name: String) throws {
    _ = try release(
      "start", name, "--at", Shop.release, "--owner", "ann <ann@example.com>", "--expect",
      "<script>alert(1)</script> & faster", "--rollback", "deploy `v1.4.1`")
    let run = try Tool.run(
      [
        "watch", "--no-follow", "--timezone", "UTC", "--release", name, "--state",
        scratch.path("st.db"),
      ] + Shop.paths(Shop.bad))
    #expect(run.status == 1)
  }

  @Test("Markdown tells facts, numbers, alerts, evidence and rollback")
  func markdown() throws {
    try watched("v1.4.2")
    _ = try release("end", "v1.4.2", "--outcome", "rolled-back")
    let note = try release("note", "v1.4.2")
    #expect(note.status == 0 && note.errors == "")
    #expect(note.output.hasPrefix("# Release v1.4.2: regressed, rolled back\n"))
    for part in [
      "- owner: ann \\<ann@example.com\\>", "## Before and after", "| `http.5xx` | regressed | ",
      "## Over time", "## Alerts", "## Evidence", "## Rollback", "deploy \\`v1.4.1\\`",
    ] {
      #expect(note.output.contains(part), "\(part)")
    }
    #expect(!note.output.contains("<script>"))
    // Alerts stand in the order of their times.
    let times = note.output.split(separator: "\n").filter { $0.hasPrefix("| 2026-") }
      .map { $0.prefix(22) }
    #expect(times.count > 2 && times == times.sorted())
  }

  @Test("HTML is one page without script or network, with a picture of each regressed signal")
  func html() throws {
    try watched("v1.4.2")
    let page = try release("note", "v1.4.2", "--format", "html").output
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.contains("<svg ") && page.contains("http.5xx over time"))
    #expect(page.contains("http.latency over time") && page.contains("New kinds of error"))
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("name=\"viewport\""))
    for part in ["<script", "<link", "<img", "@import", "url(", " src=", " href="] {
      #expect(!page.contains(part), "\(part)")
    }
    let pictures = page.components(separatedBy: "role=\"img\"").count - 1
    #expect(pictures == page.components(separatedBy: "<desc ").count - 1)
    let check = """
      import sys
      from html.parser import HTMLParser
      class P(HTMLParser):
        def __init__(self):
          super().__init__(); self.open = []; self.ids = set()
        def handle_starttag(self, tag, attributes):
          for name, value in attributes:
            if name == 'id':
              assert value not in self.ids, value
              self.ids.add(value)
          if tag not in ('meta',): self.open.append(tag)
        def handle_startendtag(self, tag, attributes): pass
        def handle_endtag(self, tag):
          assert self.open and self.open[-1] == tag, (tag, self.open, self.getpos())
          self.open.pop()
      p = P(); p.feed(open(sys.argv[1]).read()); p.close()
      assert p.open == [], p.open
      print('whole')
      """
    let (script, file) = (
      try scratch.write("check.py", check), try scratch.write("note.html", page)
    )
    #expect(try shell("python3 '\(script)' '\(file)'") == "whole\n")
  }

  @Test("JSON carries the numbers, and a release that nobody watched has a note as well")
  func json() throws {
    try watched("v1.4.2")
    let note = try #require(try release("note", "v1.4.2", "--format", "json").objects.first)
    #expect(note["verdict"] as? String == "regressed" && note["status"] as? Int == 1)
    let charts = try #require(note["charts"] as? [[String: Any]])
    for chart in charts {
      let (counts, exposures) = (
        chart["counts"] as? [Double] ?? [], chart["exposures"] as? [Double] ?? []
      )
      #expect(!counts.isEmpty && counts.count == exposures.count)
    }
    _ = try release("start", "v2")
    let bare = try release("note", "v2")
    #expect(bare.status == 0 && bare.output.contains("there is no verdict"))
    #expect(try release("note", "v3").status == 2)
  }
}

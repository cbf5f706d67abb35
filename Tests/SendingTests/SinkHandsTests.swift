import Foundation
import Testing

@testable import Alerts
@testable import Sending

@Suite("Sending to a server")
struct SinkHandsTests {
  private let hands = SinkHands(write: { _ in }, stepSummary: nil, tryMilliseconds: 2_000)

  private static func notice(_ state: Notice.State = .firing) -> Notice {
    Notice(
      key: "tm1", revision: 1, state: state, isDigest: false, severity: .error,
      facts: ReleaseFacts(release: "v1"), story: "errors", urgency: .error, signal: "errors",
      kind: "rate", others: [], started: 0, at: 0, evidence: Evidence())
  }

  private func post(_ answers: [ScriptedServer.Answer]) throws -> (TryResult, [String]) {
    let server = ScriptedServer(answers)
    defer { server.stop() }
    let spec = try SinkSpec("webhook:\(server.address)/hook,secret=env:KEY")
    let effect = try spec.effect(Self.notice(), now: 1_700_000_000_000_000_000, host: "h") {
      (_) throws(SinkProblem) in "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    }
    return (hands.perform(effect, now: 0), server.requests)
  }

  @Test("a message arrives whole, with its signature")
  func arrives() throws {
    let (result, requests) = try post([.text("HTTP/1.1 204 No Content\r\n\r\n")])
    #expect(result == .delivered)
    let request = try #require(requests.first)
    #expect(request.hasPrefix("POST /hook HTTP/1.1\r\n"))
    #expect(request.contains("webhook-id: tm1-1\r\n"))
    #expect(request.contains("webhook-timestamp: 1700000000\r\n"))
    #expect(request.contains("webhook-signature: v1,"))
    #expect(request.contains("\r\n\r\n{\"type\":\"verdict.regression\""))
  }

  @Test("429 waits as long as it asks, 500 and a broken connection are tried again")
  func later() throws {
    let busy = try post([
      .text("HTTP/1.1 429 Slow Down\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nwait")
    ])
    #expect(busy.0 == .failed(reason: "status 429: wait", retryAfter: 7_000_000_000))
    let broken = try post([.text("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")])
    #expect(broken.0 == .failed(reason: "status 500", retryAfter: nil))
    guard case .failed = try post([.reset]).0 else {
      Issue.record("a reset is no refusal")
      return
    }
  }

  @Test("a redirect is not followed, and a wrong answer is a refusal that can be read")
  func never() throws {
    let redirect = try post([
      .text("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    ])
    #expect(redirect.0 == .refused(reason: "status 302"))
    #expect(redirect.1.count == 1)
    let wrong = try post([
      .text("HTTP/1.1 400 Bad\r\nContent-Length: 16\r\n\r\nno_text\u{1B}[2J\r\n\r\n\r")
    ])
    #expect(wrong.0 == .refused(reason: "status 400: no_text\\u{1b}[2J     "))
    guard case .failed = try post([.text("SSH-2.0-OpenSSH_9.2\r\n")]).0 else {
      Issue.record("what speaks no HTTP may be replaced by what does")
      return
    }
  }

  @Test("an answer without end is broken off, and its status counts")
  func endless() throws {
    let long = String(repeating: "x", count: 300_000)
    let (result, _) = try post([
      .text("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + long)
    ])
    #expect(result == .delivered)
  }

  @Test("a body that never comes is waited for no longer than a try may take")
  func slow() throws {
    let hands = SinkHands(write: { _ in }, stepSummary: nil, tryMilliseconds: 200)
    let server = ScriptedServer([.stall])
    defer { server.stop() }
    let effect = try SinkSpec("webhook:\(server.address)/").effect(
      Self.notice(), now: 0, host: "h"
    ) { (_) throws(SinkProblem) in "" }
    guard case .failed(let reason, nil) = hands.perform(effect, now: 0) else {
      Issue.record("the answer was not whole")
      return
    }
    #expect(reason.contains("imeout") || reason.contains("time"), "\(reason)")
  }

  @Test("nobody at the other end is a failure without the address in it")
  func absent() throws {
    let spec = try SinkSpec("slack:env:HOOK")
    let effect = try spec.effect(Self.notice(), now: 0, host: "h") {
      (_) throws(SinkProblem) in "http://127.0.0.1:9/services/s3cr3t"
    }
    guard case .failed(let reason, nil) = hands.perform(effect, now: 0) else {
      Issue.record("nobody listens there")
      return
    }
    #expect(!reason.contains("s3cr3t") && !reason.isEmpty)
  }

  @Test("a program gets the message on its input and values in its environment, and no shell")
  func program() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hook-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let hook = folder + "/a hook; exit 3"
    func run(_ script: String) throws -> TryResult {
      // A shell writes it: what this process has open for writing is so for a moment in every child
      // that another test starts, and then it is busy and cannot be run.
      let writer = try Process.run(
        URL(filePath: "/bin/sh"),
        arguments: [
          "-c", "printf '#!/bin/sh\n%s\n' \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", script, hook,
        ])
      writer.waitUntilExit()
      #expect(writer.terminationStatus == 0)
      let effect = try SinkSpec("exec:\(hook)").effect(Self.notice(), now: 0, host: "h") {
        (_) throws(SinkProblem) in ""
      }
      return hands.perform(effect, now: 0)
    }
    #expect(
      try run(
        "cat > '\(folder)/in'; env | grep -c HOME; echo $TIDEMARK_ALERT_ID > '\(folder)/id'; pwd")
        == .delivered)
    let input = try String(contentsOfFile: folder + "/in", encoding: .utf8)
    #expect(input.hasPrefix("{\"type\":\"verdict.regression\"") && input.hasSuffix("}\n"))
    #expect(try String(contentsOfFile: folder + "/id", encoding: .utf8) == "tm1-1\n")
    #expect(
      try run("echo later; exit 75") == .failed(reason: "exit status 75: later ", retryAfter: nil))
    #expect(try run("exit 70") == .refused(reason: "exit status 70"))
    #expect(try run("kill -9 $$") == .refused(reason: "exit status 137"))
    // It neither reads nor waits for the child that it leaves behind.
    #expect(try run("sleep 60 & exit 0") == .delivered)
    // Who deploys it has it open: that passes, so it is tried again.
    let deployed = folder + "/deployed"
    try FileManager.default.copyItem(atPath: hook, toPath: deployed)
    let writer = try #require(FileHandle(forWritingAtPath: deployed))
    defer { try? writer.close() }
    let busy = try SinkSpec("exec:\(deployed)").effect(Self.notice(), now: 0, host: "h") {
      (_) throws(SinkProblem) in ""
    }
    guard case .failed = hands.perform(busy, now: 0) else {
      Issue.record("a program that is being written is tried again")
      return
    }
    let missing = try SinkSpec("exec:\(folder)/none").effect(Self.notice(), now: 0, host: "h") {
      (_) throws(SinkProblem) in ""
    }
    guard case .refused = hands.perform(missing, now: 0) else {
      Issue.record("there is no such program")
      return
    }
  }
}

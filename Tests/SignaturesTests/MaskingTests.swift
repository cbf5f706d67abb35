import Signatures
import Testing

private func masked(_ text: String) -> String {
  var masking = Masking()
  let bytes = Array(text.utf8)
  masking.mask(bytes.span)
  return textOf(masking.masked)
}

func textOf(_ span: Span<UInt8>) -> String {
  var bytes: [UInt8] = []
  for index in span.indices { bytes.append(span[index]) }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct MaskingTests {
  @Test(arguments: [
    ("took 20 tries", "took <*> tries"),
    ("progress 0.6195, 1e-05, -12", "progress <*>"),
    ("flags 0x1f and 0XFF", "flags <*> and <*>"),
    ("commit 3f2a9c1be4 by bob", "commit <*> by bob"),
    ("id b9000564-fe1a-409b-b8cc-1e88b294cd1d gone", "id <*> gone"),
    ("word ffffffff is a mask, decade is not", "word <*> is a mask, decade is not"),
    ("job_12_0004 of node-148", "job_<*> of node-<*>"),
    ("blk_-38865049064139660 terminating", "blk_<*> terminating"),
    ("12,345 rows", "<*> rows"),
    ("chip R30-M0-ND-C:J12-U11", "chip R<*>:J<*>"),
  ])
  func numbersAndIdentifiersBecomeMasks(_ text: String, _ expected: String) {
    #expect(masked(text) == expected)
  }

  @Test(arguments: [
    ("from 10.1.2.3:50010.", "from <*>."),
    ("from /10.1.2.3:50010", "from <*>"),
    ("from fe80::1ff:fe23:4567:890a on eth", "from <*> on eth"),
    ("from [::1]:8080", "from [<*>]:<*>"),
    ("BSSID 5c:50:15:36:bc:03 up", "BSSID <*> up"),
    ("proxy.cse.example.edu:5070 close", "<*> close"),
    ("mail to bob.smith@example.com failed", "mail to <*> failed"),
    ("get https://x.test/a?b=1&c=2, then", "get <*>, then"),
    ("open /var/log/a.log: denied", "open <*>: denied"),
    ("GET /api/items?page=3&size=9 done", "GET <*> done"),
    ("load C:\\Windows\\x86\\a.dll now", "load <*> now"),
    ("object com.example.Cart@1a2b3c", "object com.example.Cart@<*>"),
    ("class com.example.io stays", "class com.example.io stays"),
    ("read/write of text/html", "read/write of text/html"),
  ])
  func addressesAndPathsBecomeMasks(_ text: String, _ expected: String) {
    #expect(masked(text) == expected)
  }

  @Test(arguments: [
    ("at 2026-11-22T15:56:13.123Z end", "at <*> end"),
    ("at 2026-11-22 15:56:13,123 +0000 end", "at <*> end"),
    ("[10/Oct/2000:13:55:36 -0700] x", "[<*>] x"),
    ("[Sun Dec 04 04:47:44 2005] [error] x", "[<*>] [error] x"),
    ("Jun 14 15:16:01 combo sshd[19939]: x", "<*> sshd[<*>]: x"),
    ("Nov 22, 2026 4:09:43 PM Main", "<*> Main"),
    ("took 5 ms, 20 seconds, 18.4 KB", "took <*>"),
    ("lifetime <1 sec", "lifetime <*>"),
    ("lifetime 00:01", "lifetime <*>"),
    ("waited 10.5s", "waited <*>"),
  ])
  func timesAndQuantitiesBecomeMasks(_ text: String, _ expected: String) {
    #expect(masked(text) == expected)
  }

  @Test func aListOfAnyLengthIsOneMask() {
    #expect(masked("delete blk_1 blk_-2 blk_3") == masked("delete blk_77"))
    #expect(masked("speeds ( 3552 3534 3375 )") == masked("speeds ( 1 )"))
    #expect(masked("[req-1a2b3c4d 12 34 - - -] go") == masked("[req-9f8e7d6c - - - - -] go"))
  }

  @Test func coloursAndRunsOfBlanksGo() {
    #expect(masked("\u{1B}[31mfailed\u{1B}[0m   to \t start ") == "failed to start")
  }

  @Test func aJSONObjectIsItsMessage() {
    #expect(
      masked(#"{"time":"x","level":"error","msg":"user 12 \"gone\"","n":{"msg":"no"}}"#)
        == #"user <*> \"gone\""#)
    #expect(masked(#"{"a":1}"#) == #"{"a":<*>}"#)
  }

  @Test func maskingTwiceChangesNothing() throws {
    for sample in Sample.names {
      for message in try Sample(sample).messages.prefix(150) {
        let once = masked(String(decoding: message, as: UTF8.self))
        #expect(masked(once) == once)
      }
    }
  }

  @Test func theValueOfADigitDoesNotMatter() throws {
    var state: UInt64 = 11
    let special = Array("00123456789abcfx:/.-,=\"'@ <*>[]TMJanSun".utf8)
    for length in 0..<4_000 {
      var bytes: [UInt8] = []
      for _ in 0..<(length % 60) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(special[Int(state >> 33) % special.count])
      }
      let others = bytes.map { $0 &- 0x30 < 10 ? 0x30 + ($0 &- 0x30 &+ 3) % 10 : $0 }
      let one = String(decoding: bytes, as: UTF8.self)
      #expect(masked(one) == masked(String(decoding: others, as: UTF8.self)))
    }
  }

  @Test(arguments: [
    ("duration: 3.5 ms  statement: select * from t where a = 'x'", "duration: <*> statement: <*>"),
    ("Executed: SELECT a, b FROM t", "Executed: <*>"),
    ("hint: selection is empty", "hint: selection is empty"),
  ])
  func aStatementIsOneMask(_ text: String, _ expected: String) {
    #expect(masked(text) == expected)
  }

  @Test func anyBytesAreMaskedWithinTheBound() {
    var state: UInt64 = 7
    var masking = Masking()
    for length in 0..<3_000 {
      var bytes: [UInt8] = []
      for _ in 0..<(length % 1_500) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        // Mostly what has a meaning to masking.
        let special = Array("0123456789abcf:/.-,=\"'@ <*>[]|{}\\TZ\u{1B}".utf8)
        bytes.append(
          state >> 60 == 0
            ? UInt8(truncatingIfNeeded: state >> 40)
            : special[Int(state >> 33) % special.count])
      }
      masking.mask(bytes.span)
      #expect(masking.masked.count <= 2 * Limits.messageBytes + 64)
    }
  }
}

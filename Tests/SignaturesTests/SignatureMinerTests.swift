import Signatures
import Testing

/// A miner with the groups that its answers make, merges applied.
private struct Groups {
  var miner = SignatureMiner()
  var lines: [Int: [Int]] = [:]
  var count = 0

  @discardableResult
  mutating func add(_ text: String, pinned: String = "") -> Int {
    let message = Array(text.utf8)
    let key = Array(pinned.utf8)
    let id = miner.signature(of: message.span, pinned: key.span)
    var merges: [SignatureMerge] = []
    miner.takeMerges(into: &merges)
    for merge in merges {
      lines[merge.new, default: []] += lines.removeValue(forKey: merge.old) ?? []
    }
    lines[id, default: []].append(count)
    count += 1
    return id
  }

  func templates() -> [String] {
    miner.signatures.map { String(decoding: miner.template(of: $0), as: UTF8.self) }.sorted()
  }
}

@Suite struct SignatureMinerTests {
  @Test func messagesThatDifferInNumbersAreOneSignature() {
    var groups = Groups()
    let first = groups.add("took 3 ms for order 17")
    #expect(groups.add("took 900 ms for order 18") == first)
    #expect(groups.miner.count(of: first) == 2)
    #expect(groups.templates() == ["took <*> for order <*>"])
  }

  @Test func differentPinnedKeysNeverShareASignature() {
    var groups = Groups()
    for index in 0..<200 {
      let one = groups.add("relation \"t\(index % 40)\" does not exist", pinned: "a")
      let other = groups.add("relation \"t\(index % 40)\" does not exist", pinned: "b")
      #expect(one != other)
    }
    #expect(groups.templates().count == 2)
  }

  @Test func manyValuesOfAWordAreAVariable() {
    var groups = Groups()
    for name in ["apple", "river", "stone", "cloud", "forest", "copper", "window", "garden"] {
      groups.add("cannot load plugin \(name) today")
    }
    #expect(groups.templates() == ["cannot load plugin <*> today"])
    #expect(groups.lines.count == 1)
  }

  @Test func fewValuesOfAWordAreDifferentSignatures() {
    var groups = Groups()
    for _ in 0..<100 {
      for state in ["Started", "Paused", "Resumed", "Stopped"] {
        groups.add("VM \(state) (Lifecycle Event)")
      }
    }
    #expect(groups.templates().count == 4)
  }

  @Test func statesInCapitalsAreDifferentSignatures() {
    var groups = Groups()
    let states = ["NEW", "WAITING", "ASSIGNED", "RUNNING", "CLEANUP", "SUCCEEDED", "FAILED"]
    for _ in 0..<20 {
      for (from, to) in zip(states, states.dropFirst()) {
        groups.add("task_12 moved from \(from) to \(to)")
      }
    }
    #expect(groups.templates().count == 6)
  }

  @Test func aMaskIsNoAgreement() {
    var groups = Groups()
    for word in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"] {
      groups.add("12 34 \(word)")
    }
    #expect(groups.templates().count == 9)
  }

  @Test func theFirstWordMayBeAVariable() {
    var groups = Groups()
    for name in ["crond", "sshd", "ntpd", "cupsd", "syslogd", "klogd", "named"] {
      groups.add("\(name) startup succeeded")
      groups.add("\(name) shutdown succeeded")
    }
    #expect(groups.templates() == ["<*> shutdown succeeded", "<*> startup succeeded"])
  }

  @Test func objectsOfEqualKeysAreTheirMessages() {
    var groups = Groups()
    let words = ["created", "deleted", "archived", "restored"]
    for index in 0..<40 {
      groups.add(#"{"level":"info","n":\#(index),"msg":"order \#(words[index % 4])","a":"b"}"#)
    }
    #expect(groups.templates().count == 4)
  }

  @Test func groupsDoNotDependOnTheOrderOfMessages() throws {
    for name in ["linux", "yarn", "postgres"] {
      let sample = try Sample(name)
      let forwards = sample.groups(order: Array(sample.messages.indices))
      let backwards = sample.groups(order: sample.messages.indices.reversed())
      #expect(sample.agreement(forwards, backwards) > 0.97)
    }
  }

  @Test func twoRunsGiveTheSameNumbers() throws {
    let sample = try Sample("service")
    let order = Array(sample.messages.indices)
    #expect(sample.groups(order: order) == sample.groups(order: order))
  }

  @Test func anAdoptedSignatureTakesItsMessages() {
    var groups = Groups()
    for name in ["apple", "river", "stone", "cloud", "forest", "copper", "window"] {
      groups.add("cannot load plugin \(name) at 12:30:01", pinned: "k")
    }
    let old = groups.miner.signatures[0]
    let template = groups.miner.template(of: old)
    var later = Groups()
    let key = Array("k".utf8)
    let id = later.miner.adopt(template: template.span, pinned: key.span, count: 7)
    #expect(later.add("cannot load plugin marble at 09:00:00", pinned: "k") == id)
    #expect(later.add("cannot load plugin marble at 09:00:00", pinned: "j") != id)
    #expect(later.miner.count(of: id) == 8)
    #expect(later.miner.hash(of: id) == groups.miner.hash(of: old))
  }

  @Test func rareSignaturesMakeRoomAndAreCountedAsOther() {
    var groups = Groups()
    let often = groups.add("the message that matters")
    var state: UInt64 = 1
    for index in 0..<30_000 {
      var text = ""
      for _ in 0..<(2 + index % 5) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += " "
        for shift in 0..<7 {
          let letter = UInt8((state >> (20 + 5 * UInt64(shift))) % 20)
          text.unicodeScalars.append(Unicode.Scalar(0x67 + letter))
        }
      }
      groups.add(text + String(repeating: " |", count: index % 23))
      if index % 100 == 0 { #expect(groups.add("the message that matters") == often) }
    }
    let miner = groups.miner
    #expect(miner.signatureCount < Limits.signatures)
    #expect(miner.evictions > 10_000)
    let all = miner.signatures.reduce(miner.count(of: SignatureMiner.other)) {
      $0 + miner.count(of: $1)
    }
    #expect(all == groups.count)
    #expect(miner.count(of: often) == 301)
  }

  @Test func aNumberIsNotUsedAgainBeforeItsMergeWasTaken() {
    var miner = SignatureMiner()
    let key: [UInt8] = []
    var seen: Set<Int> = []
    for name in ["apple", "river", "stone", "cloud", "forest", "copper", "window", "garden"] {
      let message = Array("cannot load plugin \(name) today".utf8)
      seen.insert(miner.signature(of: message.span, pinned: key.span))
    }
    let other = Array("quite another matter".utf8)
    #expect(!seen.contains(miner.signature(of: other.span, pinned: key.span)))
    #expect(miner.hasMerges)
  }
}

import Glibc
import Signatures

/// Time and memory of the miner.
enum Speed {
  /// Nanoseconds a line of the messages in a file, of masking alone and of all of it.
  static func measure(path: String, rounds given: Int?) throws {
    let sample = LabelledSample(path: path)
    let bytes = sample.messages.reduce(0) { $0 + $1.count }
    let lines = sample.messages.count
    guard lines > 0 else { return }
    let pinned: [UInt8] = Array("rule".utf8)
    var miner = SignatureMiner()
    var merges: [SignatureMerge] = []
    var masking = Masking()
    let rounds = given ?? max(1, 1_000_000 / lines)
    var best = Double.infinity
    var bestMasking = Double.infinity
    var first = 0.0
    for round in 0..<5 {
      let start = seconds()
      for _ in 0..<rounds {
        for message in sample.messages { masking.mask(message.span) }
      }
      bestMasking = min(bestMasking, seconds() - start)
      let middle = seconds()
      for _ in 0..<rounds {
        for message in sample.messages {
          _ = miner.signature(of: message.span, pinned: pinned.span)
          if miner.hasMerges { miner.takeMerges(into: &merges) }
        }
        if round == 0, first == 0 { first = seconds() - middle }
      }
      best = min(best, seconds() - middle)
    }
    let all = Double(rounds * lines)
    print("bytes a line", bytes / lines)
    print("masking ns a line", (bestMasking * 1e9 / all).thousandths)
    print("first pass ns a line", (first * 1e9 / Double(lines)).thousandths)
    print("in all ns a line", (best * 1e9 / all).thousandths)
    print("MB/s", (Double(bytes * rounds) / best / 1e6).thousandths)
  }

  /// Feeds `count` messages of random words, of which no two are alike.
  static func measureDistinct(count: Int) {
    let before = residentKibibytes()
    var miner = SignatureMiner()
    var merges: [SignatureMerge] = []
    let pinned: [UInt8] = Array("rule".utf8)
    var state: UInt64 = 42
    var message: [UInt8] = []
    let start = seconds()
    var slowest = 0.0
    for index in 0..<count {
      message.removeAll(keepingCapacity: true)
      for place in 0..<(4 + index % 7) {
        if place > 0 { message.append(0x20) }
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var word = state >> 20
        for _ in 0..<8 {
          message.append(0x67 + UInt8(word % 20))
          word /= 20
        }
      }
      for _ in 0..<index % 11 { message += [0x20, 0x7C] }
      let begin = index % 64 == 0 ? seconds() : 0
      _ = miner.signature(of: message.span, pinned: pinned.span)
      if index % 64 == 0 { slowest = max(slowest, seconds() - begin) }
      merges.removeAll(keepingCapacity: true)
      if miner.hasMerges { miner.takeMerges(into: &merges) }
    }
    print("us a line", ((seconds() - start) * 1e6 / Double(count)).thousandths)
    print("slowest seen us", (slowest * 1e6).thousandths)
    print("signatures", miner.signatureCount, "evictions", miner.evictions)
    print("resident KiB more", residentKibibytes() - before)
  }

  private static func seconds() -> Double {
    var time = timespec()
    // SAFETY: the pointer lives for the call.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func residentKibibytes() -> Int {
    var usage = rusage()
    // SAFETY: the pointer lives for the call.
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }
}

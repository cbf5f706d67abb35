import Signatures
import Testing

/// Grouping of labelled messages; `Benchmarks/GROUPING.md` has the figures of larger samples.
@Suite struct GroupingTests {
  @Test func mostLinesAreGroupedAsTheirLabelsSay() throws {
    var sum = 0.0
    for name in Sample.names {
      let sample = try Sample(name)
      let groups = sample.groups(order: Array(sample.messages.indices))
      let accuracy = sample.accuracy(groups)
      #expect(accuracy > 0.7, "\(name)")
      sum += accuracy
    }
    #expect(sum / Double(Sample.names.count) > 0.93)
  }
}

extension Sample {
  /// The signature of each message after all of them were seen in `order`.
  func groups(order: [Int]) -> [Int] {
    var miner = SignatureMiner()
    var lines: [Int: [Int]] = [:]
    let key: [UInt8] = []
    for index in order {
      let message = messages[index]
      let id = miner.signature(of: message.span, pinned: key.span)
      var merges: [SignatureMerge] = []
      miner.takeMerges(into: &merges)
      for merge in merges {
        lines[merge.new, default: []] += lines.removeValue(forKey: merge.old) ?? []
      }
      lines[id, default: []].append(index)
    }
    var result = [Int](repeating: 0, count: messages.count)
    for (id, members) in lines {
      for line in members { result[line] = id }
    }
    return result
  }

  /// Share of lines whose group, as a set, is that of their label.
  func accuracy(_ groups: [Int]) -> Double {
    var numbers: [String: Int] = [:]
    let kinds = labels.map { label in
      let number = numbers[label, default: numbers.count]
      numbers[label] = number
      return number
    }
    return agreement(groups, kinds)
  }

  func agreement(_ left: [Int], _ right: [Int]) -> Double {
    let leftSets = Dictionary(grouping: left.indices) { left[$0] }
    let rightSets = Dictionary(grouping: right.indices) { right[$0] }
    let same = left.indices.filter { leftSets[left[$0]] == rightSets[right[$0]] }
    return Double(same.count) / Double(max(left.count, 1))
  }
}

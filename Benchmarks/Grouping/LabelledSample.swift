import Bytes
import Signatures

/// Messages and the label of each.
struct LabelledSample {
  var labels: [String] = []
  var messages: [[UInt8]] = []

  init(path: String) {
    guard let file = try? FileContents(path: path, limit: 1 << 30) else {
      print("cannot read \(path)")
      return
    }
    for line in file.bytes.split(separator: 0x0A) {
      guard let tab = line.firstIndex(of: 0x09) else { continue }
      labels.append(String(decoding: line[..<tab], as: UTF8.self))
      messages.append(Array(line[(tab + 1)...]))
    }
  }

  /// The signature of each message after all of them were seen.
  func mine() -> [Int] {
    var miner = SignatureMiner()
    var merges: [SignatureMerge] = []
    // Lines by the signature that they were given first; a number can be used again.
    var groups: [Int: [Int]] = [:]
    let pinned: [UInt8] = []
    for index in messages.indices {
      let message = messages[index]
      let id = miner.signature(of: message.span, pinned: pinned.span)
      merges.removeAll()
      miner.takeMerges(into: &merges)
      for merge in merges {
        groups[merge.new, default: []] += groups.removeValue(forKey: merge.old) ?? []
      }
      groups[id, default: []].append(index)
    }
    var result = [Int](repeating: 0, count: messages.count)
    for (id, lines) in groups {
      for line in lines { result[line] = id }
    }
    return result
  }

  func accuracy(of groups: [Int]) -> Double {
    var sizes: [Int: Int] = [:]
    var labelSizes: [String: Int] = [:]
    var pairs: [Int: [String: Int]] = [:]
    for (label, group) in zip(labels, groups) {
      sizes[group, default: 0] += 1
      labelSizes[label, default: 0] += 1
      pairs[group, default: [:]][label, default: 0] += 1
    }
    var right = 0
    for (group, members) in pairs {
      for (label, count) in members where count == sizes[group] && count == labelSizes[label] {
        right += count
      }
    }
    return Double(right) / Double(max(labels.count, 1))
  }

  /// Prints the labels that were split and the groups that mix labels, by lines lost.
  func printErrors(_ groups: [Int]) {
    var byLabel: [String: [Int: Int]] = [:]
    var byGroup: [Int: [String: Int]] = [:]
    var example: [Int: Int] = [:]
    for index in groups.indices {
      byLabel[labels[index], default: [:]][groups[index], default: 0] += 1
      byGroup[groups[index], default: [:]][labels[index], default: 0] += 1
      if example[groups[index]] == nil { example[groups[index]] = index }
    }
    for (label, found) in byLabel.sorted(by: { $0.key < $1.key }) where found.count > 1 {
      print("  split \(label): \(found.values.sorted(by: >).prefix(8))")
      for group in found.keys.sorted().prefix(4) {
        print("    ", String(decoding: messages[example[group] ?? 0].prefix(150), as: UTF8.self))
      }
    }
    for (group, found) in byGroup.sorted(by: { $0.key < $1.key }) where found.count > 1 {
      print("  mixed \(found.sorted { $0.key < $1.key }.prefix(8).map { "\($0.key):\($0.value)" })")
      print("    ", String(decoding: messages[example[group] ?? 0].prefix(150), as: UTF8.self))
    }
  }
}

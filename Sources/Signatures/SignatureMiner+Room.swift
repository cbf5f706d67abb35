/// What is forgotten when there is no more room.
extension SignatureMiner {
  /// Messages since its last use, made up for by how many it had: the less, the sooner a signature is
  /// forgotten.
  func worth(of id: Int) -> Int {
    table.lastUses[id] + min(table.counts[id], 1_000) * 64
  }

  /// Forgets a share of the signatures: those that are rare and were not seen for long.
  mutating func makeRoom() {
    var order: [(worth: Int, id: Int)] = []
    for id in 1..<table.counts.count where table.isLive[id] {
      order.append((worth(of: id), id))
    }
    order.sort { $0.worth != $1.worth ? $0.worth < $1.worth : $0.id < $1.id }
    for entry in order.prefix(Limits.signatures / Limits.evictionShare) { forget(entry.id) }
  }

  mutating func forget(_ id: Int) {
    table.counts[Self.other] += table.counts[id]
    evictions += 1
    merges.append(SignatureMerge(old: id, new: Self.other))
    table.remove(id)
  }
}

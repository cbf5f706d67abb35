/// When signatures become one.
extension SignatureMiner {
  /// A signature that differs from the new message in few words.
  struct Candidate {
    var id: Int
    /// Where they differ, or the signature has a variable.
    var difference: UInt64
  }

  /// Joins the signature `id`, which is the message at hand, with those that differ from it in the
  /// same words if the values there are those of variables. Returns the signature it now is.
  mutating func join(_ id: Int, _ bucket: UInt64) -> Int {
    let agreeable = words.wordy.nonzeroBitCount
    guard agreeable >= 2 else { return id }
    let candidates = candidates(for: id, bucket, limit: max(1, agreeable / 2 + 1))
    guard !candidates.isEmpty else { return id }
    var tried: [UInt64] = []
    for candidate in candidates where !tried.contains(candidate.difference) {
      guard tried.count < Limits.differences else { break }
      tried.append(candidate.difference)
      let places = candidate.difference
      let constants = (words.wordy & ~places).nonzeroBitCount
      guard constants >= 1, places.nonzeroBitCount <= constants else { continue }
      let members = candidates.filter { $0.difference & ~places == 0 }
      if isVariable(places, id, members, constants: constants) {
        return unite(id, members, variables: places)
      }
    }
    return id
  }

  /// Those with the fewest differences first.
  private mutating func candidates(for id: Int, _ bucket: UInt64, limit: Int) -> [Candidate] {
    var list: [Candidate] = []
    var seen = 0
    var oldest = -1
    let tags = words.tags
    var other = table.first(inBucket: bucket)
    while other >= 0 {
      if other != id {
        seen += 1
        if oldest < 0 || worth(of: other) < worth(of: oldest) { oldest = other }
        if table.tagDifferences(other, tags) <= limit {
          let difference = table.difference(other, words, limit: limit)
          if difference != .max {
            list.append(Candidate(id: other, difference: difference | table.variables[other]))
          }
        }
      }
      other = table.next(after: other)
    }
    if seen >= Limits.signaturesPerBucket {
      list.removeAll { $0.id == oldest }
      forget(oldest)
    }
    list.sort {
      let (left, right) = ($0.difference.nonzeroBitCount, $1.difference.nonzeroBitCount)
      if left != right { return left < right }
      if $0.difference != $1.difference { return $0.difference < $1.difference }
      return $0.id < $1.id
    }
    if list.count > Limits.candidates { list.removeLast(list.count - Limits.candidates) }
    return list
  }

  /// Whether at each of `places` the values of the new message and `members` are a variable's.
  private func isVariable(
    _ places: UInt64, _ id: Int, _ members: [Candidate], constants: Int
  ) -> Bool {
    let needed = Evidence.needed(constants: constants)
    // What is a variable of a member already needs no more evidence.
    let settled = members.reduce(into: UInt64(0)) { $0 |= table.variables[$1.id] }
    let neededOfMany = hasSeveralValues(places & ~settled) ? needed * 6 / 5 : needed
    // `true` and `false` tell kinds apart, but not in a list of many such values.
    var rest = words.isDump ? places & ~words.flags : places
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest - 1
      let needed = words.factor(at: place) > 17 ? needed : neededOfMany
      guard evidence(at: place, id, members, needed: needed) >= needed else { return false }
    }
    return true
  }

  /// Whether the message has different words at `places`. The name of one host at two of them is one
  /// value.
  private func hasSeveralValues(_ places: UInt64) -> Bool {
    guard places != 0 else { return false }
    let first = places.trailingZeroBitCount
    var rest = places & (places - 1)
    while rest != 0 {
      if words.hashes[rest.trailingZeroBitCount] != words.hashes[first] { return true }
      rest &= rest - 1
    }
    return false
  }

  private func evidence(
    at place: Int, _ id: Int, _ members: [Candidate], needed: Int
  ) -> Int {
    let bit = UInt64(1) << UInt64(place)
    var values: [UInt64] = [words.hashes[place]]
    var sum = words.kind(at: place).weight
    let factor = words.factor(at: place)
    for member in members {
      if table.variables[member.id] & bit != 0 { return .max }
      let value = table.hash(member.id, place)
      if values.contains(value) { continue }
      values.append(value)
      let kind = table.kind(member.id, place)
      let isCertain = factor > 17 || !kind.maySetBeSmall
      sum += kind.weight * (isCertain ? 10 : Evidence.support(table.counts[member.id])) / 10
      if sum * factor / 10 >= needed { break }
    }
    return sum * factor / 10
  }

  /// Makes one of the new signature and its members; the number with the most messages stays.
  private mutating func unite(_ id: Int, _ members: [Candidate], variables: UInt64) -> Int {
    var kept = members[0].id
    for member in members where table.counts[member.id] > table.counts[kept] { kept = member.id }
    for member in members where member.id != kept {
      table.counts[kept] += table.counts[member.id]
      table.lastUses[kept] = max(table.lastUses[kept], table.lastUses[member.id])
      merges.append(SignatureMerge(old: member.id, new: kept))
      table.remove(member.id)
    }
    table.setVariables(kept, table.variables[kept] | variables)
    table.withdraw(id)
    return kept
  }
}

/// How much evidence makes a variable, in tenths of a plain word that was seen.
enum Evidence {
  /// The more words the messages have in common, the less is needed.
  static func needed(constants: Int) -> Int {
    switch constants {
    case ...1: 80
    case 2: 50
    case 3: 46
    default: 42
    }
  }

  /// A value that comes again and again is one of a set that may be small: what it is worth, in
  /// tenths.
  static func support(_ count: Int) -> Int {
    if count >= 64 { return 5 }
    return count >= 8 ? 7 : 10
  }
}

/// How often bytes stand in logs, roughly: for choosing among strings before any line is seen.
enum ByteLikelihood {
  /// A class with a greater share says nothing worth looking for.
  static let wide: Float = 0.9

  /// Sets without common bytes, and the share of each of their bytes in a typical log.
  private static let shares: [(set: ByteSet, each: Float)] = {
    let frequent = ByteSet("aeinorst")
    let lower = ByteSet(0x61...0x7A)
    let joints = ByteSet(".:/-_,=")
    let visible = ByteSet(0x21...0x7E)
    let others = visible.subtracting(.letter).subtracting(.digit).subtracting(joints)
      .subtracting(ByteSet("\""))
    return [
      (frequent, 0.03), (lower.subtracting(frequent), 0.0115), (ByteSet(0x41...0x5A), 0.0027),
      (.digit, 0.02), (ByteSet(" "), 0.09), (ByteSet("\""), 0.03), (joints, 0.014),
      (others, 0.0025), (.newline, 0.009),
      (ByteSet(0x00...0x1F).subtracting(.newline).union(ByteSet(0x7F)), 0.0001), (.high, 0.0001),
    ]
  }()

  private static let byteShares: [Float] = (UInt8.min...UInt8.max).map { byte in
    shares.first { $0.set.contains(byte) }?.each ?? 0
  }

  /// The share of bytes that are in the set.
  static func share(of set: ByteSet) -> Float {
    var sum: Float = 0
    if set.count <= 4 {
      set.visit { sum += byteShares[Int($0)] }
      return sum
    }
    for (group, each) in shares { sum += Float(set.intersection(group).count) * each }
    return min(sum, 1)
  }
}

extension ClassString {
  /// What it costs to look for the string in each byte of a log, in no particular unit.
  ///
  /// A search samples four neighbouring bytes at every second byte of the text, so it needs two
  /// such grams, one that begins at an even position and one at an odd position; every value that
  /// a gram may have, letters' cases aside, takes a share of a table.
  var cost: Float {
    var cost: Float = 20
    var shares: [Float] = []
    var values: [Float] = []
    shares.reserveCapacity(classes.count)
    values.reserveCapacity(classes.count)
    for set in classes {
      let share = ByteLikelihood.share(of: set)
      cost *= share
      shares.append(share)
      values.append(Float(max(1, set.count - set.intersection(Self.upper).count)))
    }
    for remainder in 0...1 {
      var best: Float = 1
      for start in stride(from: remainder, through: classes.count - 4, by: 2) {
        let count = values[start] * values[start + 1] * values[start + 2] * values[start + 3]
        if count > 400 { continue }
        let share = shares[start] * shares[start + 1] * shares[start + 2] * shares[start + 3]
        best = min(best, share + count * 3e-5)
      }
      cost += best
    }
    return cost
  }

  private static let upper = ByteSet(0x41...0x5A)
}

import Records

/// Leaves out a part of the requests of some routes.
///
/// Which ones depends on where a request stands in its file alone, so that the result is the same
/// however many threads read.
struct RouteThinning: Sendable {
  /// Part of the requests that is kept, by route; all of a route that is not named.
  let kept: [[UInt8]: Double]

  func keeps(_ record: borrowing Record, route: [UInt8]) -> Bool {
    guard record.isRequest, let part = kept[route] else { return true }
    guard part > 0 else { return false }
    var state = UInt64(bitPattern: record.offset) &* 0x9E37_79B9_7F4A_7C15
    state ^= UInt64(truncatingIfNeeded: record.file) &* 0xD1B5_4A32_D192_ED03
    state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
    state ^= state >> 31
    return Double(state >> 11) * 0x1p-53 < part
  }
}

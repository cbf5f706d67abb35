/// The dispersion that the windows of a watch show around their own mean, at blocks of 1, 2, 4, 8 and
/// 16 windows.
///
/// More dispersion can only weaken evidence, so a promise that holds without it holds with it. What
/// is lost is power where the change comes in the middle of the watch.
struct OwnDispersion {
  private struct Scale {
    let length: Int
    var open = 0.0
    var filled = 0
    var blocks = 0.0
    var sum = 0.0
    var squares = 0.0
  }

  private var scales = [1, 2, 4, 8, 16].map { Scale(length: $0) }
  /// Blocks a scale needs before it counts.
  private static let blocksMinimum = 6.0

  mutating func add(_ x: Double) {
    for index in scales.indices {
      scales[index].open += x
      scales[index].filled += 1
      guard scales[index].filled == scales[index].length else { continue }
      scales[index].blocks += 1
      scales[index].sum += scales[index].open
      scales[index].squares += scales[index].open * scales[index].open
      scales[index].open = 0
      scales[index].filled = 0
    }
  }

  var phi: Double {
    scales.reduce(1) { largest, scale in
      guard scale.blocks >= Self.blocksMinimum, scale.sum > 0 else { return largest }
      let mean = scale.sum / scale.blocks
      return max(
        largest, (scale.squares - scale.sum * mean) / (scale.blocks - 1) / mean)
    }
  }
}

package import Records

/// How event time is cut into windows: edges lie at the release moment plus k × width.
///
/// ```
///      baselineStart        release   settleEnd            end
///  outside │     baseline      │ settling │    candidate    │ outside
///   …  -3  │  -2   -1          │    0     │   1    2    3   │  4  …
/// ```
package struct WindowPlan: Sendable, Equatable {
  /// The release moment, `--at`.
  package let release: Timestamp
  package let widthNanoseconds: Int64
  /// Index of the first window of the baseline; never positive.
  package let baselineStart: Int
  /// Index of the first window that is judged.
  package let settleEnd: Int
  /// Index behind the last window of the watch; nil when it has no planned end.
  package let end: Int?

  /// - Parameters:
  ///   - baselineSpan: how far before the release to look, in nanoseconds.
  ///   - settle: the restart span that is not judged, in nanoseconds; rounded up to whole windows.
  ///   - length: the planned length of the watch, in nanoseconds, or nil.
  package init(
    release: Timestamp, widthNanoseconds: Int64, baselineSpan: Int64, settle: Int64, length: Int64?
  ) {
    precondition(widthNanoseconds > 0, "a window has a positive width")
    precondition(baselineSpan >= 0 && settle >= 0, "spans do not run backwards")
    self.release = release
    self.widthNanoseconds = widthNanoseconds
    baselineStart = -Int(baselineSpan / widthNanoseconds)
    settleEnd = Self.windows(settle, widthNanoseconds)
    end = length.map { Self.windows($0, widthNanoseconds) }
  }

  /// How many windows a span takes, the last one whole.
  private static func windows(_ span: Int64, _ width: Int64) -> Int {
    Int(span / width) + (span % width > 0 ? 1 : 0)
  }

  /// Seconds a window lasts.
  package var widthSeconds: Double { Double(widthNanoseconds) / 1e9 }

  /// The window that holds `time`; negative before the release.
  package func index(of time: Timestamp) -> Int {
    let distance = time.nanoseconds(since: release)
    let quotient = distance / widthNanoseconds
    return Int(distance < 0 && quotient * widthNanoseconds != distance ? quotient - 1 : quotient)
  }

  /// The first moment of window `index`.
  package func start(of index: Int) -> Timestamp {
    let (distance, overflow) = Int64(index).multipliedReportingOverflow(by: widthNanoseconds)
    return release.advanced(byNanoseconds: overflow ? (index < 0 ? .min : .max) : distance)
  }

  package func phase(of index: Int) -> Phase {
    if index < 0 { return index >= baselineStart ? .baseline : .outside }
    if let end, index >= end { return .outside }
    return index < settleEnd ? .settling : .candidate
  }
}

/// What a window is for.
package enum Phase: Sendable {
  case baseline
  /// Restart noise: counted and shown, not judged.
  case settling
  case candidate
  /// Before the baseline or behind the end of the watch.
  case outside
}

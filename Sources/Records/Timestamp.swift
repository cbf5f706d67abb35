/// A moment on the UTC time line, in nanoseconds since 1970-01-01T00:00:00Z.
///
/// Sixty-four bits carry it from 1677 to 2262. Leap seconds do not exist here, as in POSIX.
package struct Timestamp: Comparable, Hashable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The moment that lies `seconds` after 1970-01-01T00:00:00Z.
  package init(seconds: Int64) {
    self.nanoseconds = seconds &* 1_000_000_000
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Nanoseconds from `earlier` to this moment; saturates at the ends of the range.
  package func nanoseconds(since earlier: Timestamp) -> Int64 {
    let (distance, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    guard overflow else { return distance }
    return nanoseconds < earlier.nanoseconds ? .min : .max
  }

  /// The moment that lies `duration` nanoseconds later; saturates at the ends of the range.
  package func advanced(byNanoseconds duration: Int64) -> Timestamp {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(duration)
    guard overflow else { return Timestamp(nanoseconds: sum) }
    return Timestamp(nanoseconds: duration < 0 ? .min : .max)
  }
}

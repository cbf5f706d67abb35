#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The logarithm of a sum whose terms are given as logarithms, term by term, without storage.
///
/// Keeps `sum = Σ exp(x_i - m)` for the largest term `m` so far, so that neither large nor small
/// evidence overflows: `log Σ exp(x_i) = m + log(sum)`.
struct LogSum {
  private var largest = -Double.infinity
  private var sum = 0.0

  /// Nats below the largest term at which a million terms together are lost in rounding.
  private static let lost = 52.0

  /// Adds a term; one that is `-infinity` or not a number adds nothing.
  mutating func add(_ term: Double) {
    if term > largest {
      sum = sum * exp(largest - term) + 1
      largest = term
    } else if term == largest {
      if term > -.infinity { sum += 1 }
    } else if term > largest - Self.lost {
      sum += exp(term - largest)
    }
  }

  /// The logarithm of the sum; `-infinity` when nothing was added.
  var value: Double {
    sum > 0 ? largest + log(sum) : -.infinity
  }
}

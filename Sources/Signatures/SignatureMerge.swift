/// Two signatures turned out to be one, or one was forgotten for want of room: what was counted for
/// `old` belongs to `new` from now on.
package struct SignatureMerge: Sendable, Hashable {
  package let old: Int
  /// `SignatureMiner.other` when `old` was forgotten.
  package let new: Int
}

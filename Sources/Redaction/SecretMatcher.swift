/// One try of an expression after the other on one text, within a bound on the work.
struct SecretMatcher {
  /// Steps that are left; below zero the text costs too much.
  var steps: Int
  /// What the last try would mask.
  private(set) var masks: [Range<Int>] = []
  /// The text was cut: what runs into its end is taken for the start of something longer.
  let isCut: Bool
  private var ranIntoEnd = false

  init(bytes: Int, isCut: Bool) {
    steps = max(Limits.stepsAtLeast, bytes * Limits.stepsPerByte)
    self.isCut = isCut
  }

  /// Tries `expression` at `place` and says where it ends, or nil.
  mutating func end(
    of expression: borrowing SecretExpression, _ text: Span<UInt8>, from place: Int
  ) -> Int? {
    masks.removeAll(keepingCapacity: true)
    ranIntoEnd = false
    return match(expression.root, expression, text, place)
  }

  private mutating func match(
    _ index: Int, _ expression: borrowing SecretExpression, _ text: Span<UInt8>, _ place: Int
  ) -> Int? {
    steps -= 1
    guard steps >= 0 else { return nil }
    if ranIntoEnd, place == text.count { return place }
    switch expression.nodes[index] {
    case .set(let set):
      guard place < text.count, expression.sets[set].contains(text[place]) else { return nil }
      return place + 1
    case .run(let set, let least, let most):
      return run(expression.sets[set], least, most, text, place)
    case .sequence(let parts):
      var end = place
      for part in parts {
        guard let next = match(part, expression, text, end) else { return nil }
        end = next
      }
      return end
    case .choice(let branches):
      for branch in branches {
        if let end = trial(branch, expression, text, place) { return end }
      }
      return nil
    case .repeated(let part, let least, let most):
      var count = 0
      var end = place
      while count < most, let next = trial(part, expression, text, end) {
        count += 1
        // What reads nothing would be read for ever.
        guard next > end else { return next }
        end = next
      }
      return count >= least ? end : nil
    case .not(let part):
      return look(part, expression, text, place) ? nil : place
    case .ahead(let part):
      return look(part, expression, text, place) ? place : nil
    case .mask(let part):
      guard let end = match(part, expression, text, place) else { return nil }
      if end > place { masks.append(place..<end) }
      return end
    case .textEnd:
      return place == text.count ? place : nil
    }
  }

  private mutating func run(
    _ set: ByteClass, _ least: Int, _ most: Int, _ text: Span<UInt8>, _ place: Int
  ) -> Int? {
    var end = place
    let limit = most > text.count - place ? text.count : place + most
    while end < limit, set.contains(text[end]) { end += 1 }
    steps -= end - place
    if end - place >= least { return end }
    guard isCut, end == text.count, end - place >= min(least, Limits.cutSecretBytes) else {
      return nil
    }
    ranIntoEnd = true
    return end
  }

  /// A try whose masks are forgotten when it fails.
  private mutating func trial(
    _ index: Int, _ expression: borrowing SecretExpression, _ text: Span<UInt8>, _ place: Int
  ) -> Int? {
    let kept = masks.count
    if let end = match(index, expression, text, place) { return end }
    masks.removeSubrange(kept...)
    return nil
  }

  /// A look ahead: it reads nothing and masks nothing.
  private mutating func look(
    _ index: Int, _ expression: borrowing SecretExpression, _ text: Span<UInt8>, _ place: Int
  ) -> Bool {
    let kept = masks.count
    let ran = ranIntoEnd
    ranIntoEnd = false
    let isThere = match(index, expression, text, place) != nil
    masks.removeSubrange(kept...)
    ranIntoEnd = ran
    return isThere
  }
}

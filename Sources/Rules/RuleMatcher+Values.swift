import Records

/// Captured values of the rule that matched last, and the conditions on them.
///
/// None of these changes the matcher. They are `mutating` because the compiler copies a noncopyable
/// value of a thousand bytes to lend it, which took a tenth of a watch.
extension RuleMatcher {
  /// Whether the condition that begins at step `first` holds.
  mutating func holds(_ first: Int32, _ text: Span<UInt8>, _ record: borrowing Record) -> Bool {
    var step = first
    while step >= 0 {
      let current = program.steps[Int(step)]
      step = holds(current, text, record) ? current.ifTrue : current.ifFalse
    }
    return step == ConditionStep.accept
  }

  /// A comparison on a missing capture is false, whatever it is.
  private mutating func holds(
    _ step: ConditionStep, _ text: Span<UInt8>, _ record: borrowing Record
  ) -> Bool {
    switch step.subject {
    case .missing:
      return false
    case .severity:
      guard let severity = record.severity else { return false }
      guard case .severity(let comparison, let expected) = step.operation else { return true }
      return comparison.holds(severity, expected)
    case .slot(let place):
      switch step.operation {
      case .exists:
        return exists(Int(place), record)
      case .number(let comparison, let expected):
        if let number = number(Int(place), text, record) {
          return comparison.holds(number, expected)
        }
        // `code != 40001` holds for the code 40P01.
        guard comparison == .notEqual else { return false }
        return compare(Int(place), step.literal, text, record).map { $0 != 0 } ?? false
      case .text(let comparison):
        let order = compare(Int(place), step.literal, text, record)
        return order.map { comparison.holds($0, 0) } ?? false
      case .severity:
        return false
      }
    }
  }

  /// The first group of the slot that took part in the match.
  mutating func groupRange(of slot: MatchProgram.Slot) -> Range<Int>? {
    for place in slot.groups {
      if let range = scratch.range(ofGroup: Int(program.groups[Int(place)])) { return range }
    }
    return nil
  }

  private mutating func exists(_ place: Int, _ record: borrowing Record) -> Bool {
    let slot = program.slots[place]
    if groupRange(of: slot) != nil { return true }
    return switch slot.field {
    case .method: record.request.method != nil
    case .route: record.request.path != nil
    case .status: record.request.status != nil
    case .duration: record.request.duration != nil
    case .cache: record.request.cache != nil
    case .databaseCalls: record.request.databaseCalls != nil
    case .databaseDuration: record.request.databaseDuration != nil
    case .message: !record.message.isEmpty
    case nil: false
    }
  }

  /// The number of a capture in its normal form; nil if it is missing or no number.
  mutating func number(_ place: Int, _ text: Span<UInt8>, _ record: borrowing Record) -> Double? {
    let slot = program.slots[place]
    if let range = groupRange(of: slot) {
      switch slot.kind {
      case .integer: return NumberText.integer(in: text, range)
      case .number, .word, .text, .route: return NumberText.number(in: text, range)
      case .duration(let unit): return DurationText.seconds(in: text, range, unit: unit)
      case .bytes: return NumberText.bytes(in: text, range)
      }
    }
    switch slot.field {
    case .status: return record.request.status.map(Double.init)
    case .duration: return record.request.duration
    case .databaseCalls: return record.request.databaseCalls
    case .databaseDuration: return record.request.databaseDuration
    case .method, .route, .cache, .message:
      return textRange(of: slot, record).flatMap {
        NumberText.number(in: text, $0.clamped(to: 0..<text.count))
      }
    case nil: return nil
    }
  }

  /// Where the text of a capture lies; nil for missing ones and for fields that are numbers.
  mutating func textRange(of slot: MatchProgram.Slot, _ record: borrowing Record) -> Range<Int>? {
    if let range = groupRange(of: slot) { return range }
    return switch slot.field {
    case .method: record.request.method
    case .route: record.request.path
    case .cache: record.request.cache
    case .message: record.message.isEmpty ? nil : record.message
    case .status, .duration, .databaseCalls, .databaseDuration, nil: nil
    }
  }

  /// Below, at or above zero as the capture's text comes before, equals or follows the literal.
  private mutating func compare(
    _ place: Int, _ literal: Range<Int32>, _ text: Span<UInt8>, _ record: borrowing Record
  ) -> Int? {
    let slot = program.slots[place]
    guard let range = textRange(of: slot, record)?.clamped(to: 0..<text.count) else { return nil }
    guard slot.kind == .route else { return order(text, range, literal) }
    var route: [UInt8] = []
    swap(&route, &routeScratch)
    defer { swap(&route, &routeScratch) }
    route.removeAll(keepingCapacity: true)
    RouteTemplate.append(text, range, to: &route)
    return order(route.span, 0..<route.count, literal)
  }

  private mutating func order(_ text: Span<UInt8>, _ range: Range<Int>, _ literal: Range<Int32>)
    -> Int
  {
    let shared = min(range.count, literal.count)
    for offset in 0..<shared {
      let left = text[range.lowerBound + offset]
      let right = program.literals[Int(literal.lowerBound) + offset]
      if left != right { return left < right ? -1 : 1 }
    }
    return range.count - literal.count
  }
}

extension ConditionTest.Comparison {
  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

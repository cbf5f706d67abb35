extension PatternNode {
  /// The pattern with a positive look-behind at its beginning and a positive look-ahead at its end
  /// turned into plain groups: what they see lies beside the match, in the same text.
  ///
  /// Look-arounds further inside see bytes that their neighbours consume, so they stay what they
  /// are: places without a known condition.
  var withLookAroundsAtEnds: PatternNode { consuming(.behind).consuming(.ahead) }

  private enum Direction {
    case behind, ahead
  }

  private func consuming(_ direction: Direction) -> PatternNode {
    switch (self, direction) {
    case (.lookBehind(let content), .behind), (.lookAhead(let content), .ahead):
      return content.consuming(direction)
    case (.alternatives(let branches), _):
      return .alternatives(branches.map { $0.consuming(direction) })
    case (.sequence(let items), .behind):
      return .sequence(Self.consuming(items, direction))
    case (.sequence(let items), .ahead):
      return .sequence(Self.consuming(items.reversed(), direction).reversed())
    default:
      return self
    }
  }

  /// The items, the outermost first. Edges between the end and a look-around lie between its bytes
  /// and the match, so the look-around moves before them.
  private static func consuming(_ items: [PatternNode], _ direction: Direction) -> [PatternNode] {
    var items = items
    var hasEdges = false
    for (index, item) in items.enumerated() {
      switch (item, direction) {
      case (.lookBehind, .behind), (.lookAhead, .ahead):
        items.remove(at: index)
        items.insert(item.consuming(direction), at: 0)
        return items
      case (.edge, _):
        hasEdges = true
      case (.empty, _), (.lookBehind, _), (.lookAhead, _):
        break
      default:
        if !hasEdges { items[index] = item.consuming(direction) }
        return items
      }
    }
    return items
  }
}

/// Which segments of paths name one thing among many, as far as their number tells: behind `/blog/` come
/// so many different ones that they are titles, not routes.
///
/// Numbers, hashes and the like are masked before (`RouteTemplate`); here are the words that only a count
/// can tell from names of resources.
struct RouteTemplates: Sendable {
  /// By prefix, with its closing slash, the segments that came behind it.
  private var children: [[UInt8]: Set<[UInt8]>] = [:]
  /// By prefix whose segments became one, those that stay apart.
  private var kept: [[UInt8]: Set<[UInt8]>] = [:]
  /// In the order in which they were found.
  private(set) var prefixes: [[UInt8]] = []

  /// Takes a new route in; returns a prefix that has too many different segments behind it now.
  mutating func learn(_ route: [UInt8]) -> [UInt8]? {
    var crowded: [UInt8]?
    Self.forEachSegment(of: route) { prefix, segment in
      guard kept[Array(prefix)] == nil, segment != Self.mask[...] else { return }
      children[Array(prefix), default: []].insert(Array(segment))
      if crowded == nil, children[Array(prefix)]?.count ?? 0 > Limits.routeSegments {
        crowded = Array(prefix)
      }
    }
    return crowded
  }

  /// From now on the segments behind `prefix` are one, but for some.
  mutating func collapse(_ prefix: [UInt8], keeping segments: Set<[UInt8]>) {
    guard kept[prefix] == nil else { return }
    kept[prefix] = segments
    children[prefix] = nil
    prefixes.append(prefix)
  }

  /// The route with what names one thing among many masked.
  func template(of route: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = route[...]
    while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
      result += rest[...slash]
      rest = rest[(slash + 1)...]
      let segment = rest.prefix { $0 != UInt8(ascii: "/") }
      rest = rest[segment.endIndex...]
      if let kept = kept[result], !segment.isEmpty, !kept.contains(Array(segment)) {
        result += Self.mask
      } else {
        result += segment
      }
    }
    return result + rest
  }

  private static let mask = Array("{}".utf8)

  private static func forEachSegment(
    of route: [UInt8], _ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void
  ) {
    for slash in route.indices where route[slash] == UInt8(ascii: "/") {
      let segment = route[(slash + 1)...].prefix { $0 != UInt8(ascii: "/") }
      if !segment.isEmpty { body(route[...slash], segment) }
    }
  }
}

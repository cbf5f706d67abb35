/// What is known of signatures, by handle: an array, because a dictionary's hashes took a tenth of the
/// time of a log full of errors.
struct SignatureEntries: Sendable {
  /// In the order in which they were put in, but that the last takes the place of one that is removed.
  var list: [SignatureCounts.Entry] = []
  /// The handle of each.
  private var owners: [Int] = []
  /// By handle, its place in `list`, or -1.
  private var places: [Int32] = []

  /// Nil for a handle of which nothing is known.
  func place(of handle: Int) -> Int? {
    guard handle < places.count, places[handle] >= 0 else { return nil }
    return Int(places[handle])
  }

  subscript(handle: Int) -> SignatureCounts.Entry? {
    get { place(of: handle).map { list[$0] } }
    set {
      guard let newValue else {
        _ = remove(handle)
        return
      }
      if let place = place(of: handle) {
        list[place] = newValue
      } else {
        insert(newValue, as: handle)
      }
    }
  }

  /// Returns the place of the new entry.
  @discardableResult
  mutating func insert(_ entry: SignatureCounts.Entry, as handle: Int) -> Int {
    while places.count <= handle { places.append(-1) }
    places[handle] = Int32(list.count)
    list.append(entry)
    owners.append(handle)
    return list.count - 1
  }

  mutating func remove(_ handle: Int) -> SignatureCounts.Entry? {
    guard let place = place(of: handle) else { return nil }
    let entry = list[place]
    places[handle] = -1
    let last = list.count - 1
    if place != last {
      list[place] = list[last]
      owners[place] = owners[last]
      places[owners[place]] = Int32(place)
    }
    list.removeLast()
    owners.removeLast()
    return entry
  }

  /// In ascending order.
  var handles: [Int] { owners.sorted() }
}

package import Records

/// What in one input may mark a release: restarts that lines tell of, and versions that records state.
/// Two parts of an input add up. It is offered to the user, never taken for a release.
package struct ReleaseMarks: Sendable {
  /// Lines of a restart that lie close together.
  package struct Restart: Sendable, Equatable {
    package internal(set) var first: Timestamp
    package internal(set) var last: Timestamp
    package internal(set) var records: Int
    /// The rule that matched the first of them.
    package internal(set) var rule: Int
  }

  /// A span in which the field that states the program's version had one value.
  package struct Version: Sendable, Equatable {
    package internal(set) var name: String
    package internal(set) var first: Timestamp
    package internal(set) var last: Timestamp
    package internal(set) var records: Int
  }

  /// Lines of one restart lie no further apart.
  static let restartGapSeconds = 60.0
  /// The newest are kept.
  static let restartsLimit = 256
  /// A value that is away for longer and comes again is a change; so long may an old version still be
  /// seen beside the new one.
  static let versionGapSeconds = 600.0
  /// The newest are kept.
  static let versionsLimit = 128
  /// A field of more names at a time states no version.
  static let namesLimit = 32
  static let versionBytesLimit = 64
  /// Fields that state a version, the most telling first.
  private static let fieldNames = [
    "service.version", "service_version", "app_version", "appVersion", "release", "version",
    "dd.version", "git_sha", "gitSha", "commit", "revision", "build", "image_tag",
  ]
  private static let fields = fieldNames.map { FieldPath($0) }
  /// What a key begins with that may be one of them: `service.version` may be nested.
  private static let keys = Set(fieldNames.map { $0.split(separator: ".")[0] }).map {
    Array($0.utf8)
  }

  /// Ascending in time.
  package private(set) var restarts: [Restart] = []
  /// By field, ascending by their first times; a field of too many names stays empty.
  private var values = [[Version]](repeating: [], count: fields.count)
  private var isNoVersion = [Bool](repeating: false, count: fields.count)

  package init() {}

  /// Notes that a line of a restart was written.
  mutating func addRestart(at time: Timestamp, rule: Int) {
    // Most lines belong to the newest, or begin a new one.
    insert(Restart(first: time, last: time, records: 1, rule: rule))
  }

  /// Looks for a version in a record with fields.
  mutating func addVersion(_ text: Span<UInt8>, at time: Timestamp) {
    guard Self.mayState(text) else { return }
    for field in Self.fields.indices where !isNoVersion[field] {
      guard let value = Self.fields[field].find(in: text), Self.isName(value.kind),
        !value.range.isEmpty, value.range.count <= Self.versionBytesLimit
      else { continue }
      let name = String(decoding: value.range.map { text[$0] }, as: UTF8.self)
      // HTTP has versions, too; and no version has an escape in it.
      guard !name.hasPrefix("HTTP/"), !name.contains("\\") else { continue }
      insert(Version(name: name, first: time, last: time, records: 1), field: field)
    }
  }

  /// Whether one of the keys stands in the text. Most records have none, and each field by itself would be
  /// a pass over the record.
  private static func mayState(_ text: Span<UInt8>) -> Bool {
    var isStart = true
    for index in text.indices {
      let byte = text[index]
      if isStart, keys.contains(where: { isKey($0, text, index) }) { return true }
      isStart = byte == 0x22 || byte == 0x20 || byte == 0x2C || byte == 0x7B
    }
    return false
  }

  private static func isKey(_ key: [UInt8], _ text: Span<UInt8>, _ index: Int) -> Bool {
    guard index + key.count <= text.count, text[index] == key[0] else { return false }
    for offset in key.indices where text[index + offset] != key[offset] { return false }
    return true
  }

  private static func isName(_ kind: FieldValue.Kind) -> Bool {
    kind == .string || kind == .number || kind == .bare
  }

  private mutating func insert(_ restart: Restart) {
    var place = restarts.count
    while place > 0, restarts[place - 1].first > restart.first { place -= 1 }
    restarts.insert(restart, at: place)
    // With the one behind it, then with the one before it.
    for index in [place + 1, place] where index > 0 && index < restarts.count {
      let gap = restarts[index].first.nanoseconds(since: restarts[index - 1].last)
      guard Double(gap) / 1e9 <= Self.restartGapSeconds else { continue }
      restarts[index - 1].last = max(restarts[index - 1].last, restarts[index].last)
      restarts[index - 1].records += restarts[index].records
      restarts.remove(at: index)
    }
    if restarts.count > Self.restartsLimit { restarts.removeFirst() }
  }

  private mutating func insert(_ version: Version, field: Int) {
    // A newer span of the same name, or the one that it goes on.
    let known = values[field].lastIndex {
      $0.name == version.name
        && Self.seconds(from: $0.last, to: version.first) <= Self.versionGapSeconds
        && Self.seconds(from: version.last, to: $0.first) <= Self.versionGapSeconds
    }
    if let known {
      values[field][known].records += version.records
      values[field][known].first = min(values[field][known].first, version.first)
      values[field][known].last = max(values[field][known].last, version.last)
      return
    }
    var place = values[field].count
    while place > 0, values[field][place - 1].first > version.first { place -= 1 }
    values[field].insert(version, at: place)
    if values[field].count > Self.versionsLimit { values[field].removeFirst() }
    if Set(values[field].suffix(2 * Self.namesLimit).map(\.name)).count > Self.namesLimit {
      isNoVersion[field] = true
      values[field] = []
    }
  }

  private static func seconds(from: Timestamp, to: Timestamp) -> Double {
    Double(to.nanoseconds(since: from)) / 1e9
  }

  /// Where the most telling field that changed took another value, ascending: the new version, and the
  /// one that it took the place of. Two programs side by side that state different ones changed nothing.
  package var changes: [(version: Version, before: String)] {
    for versions in values {
      let changes = versions.compactMap { version in
        Self.predecessor(of: version, in: versions).map { (version: version, before: $0.name) }
      }
      if !changes.isEmpty { return changes }
    }
    return []
  }

  /// The newest version that ended about when this one began. What was there from the start had none,
  /// unless the other was gone when it came.
  private static func predecessor(of version: Version, in versions: [Version]) -> Version? {
    let isFirst =
      versions.first.map { seconds(from: $0.first, to: version.first) < versionGapSeconds } ?? true
    return versions.last { old in
      old.name != version.name && old.first < version.first
        && seconds(from: version.first, to: old.last) <= (isFirst ? 0 : versionGapSeconds)
    }
  }

  /// Adds what another part of the same input holds.
  mutating func merge(_ other: ReleaseMarks) {
    for restart in other.restarts { insert(restart) }
    for field in values.indices {
      isNoVersion[field] = isNoVersion[field] || other.isNoVersion[field]
      for version in other.values[field] where !isNoVersion[field] {
        insert(version, field: field)
      }
      if isNoVersion[field] { values[field] = [] }
    }
  }
}

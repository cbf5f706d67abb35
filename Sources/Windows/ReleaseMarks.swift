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

  /// A value of the field that states the program's version.
  package struct Version: Sendable, Equatable {
    package internal(set) var name: String
    package internal(set) var first: Timestamp
    package internal(set) var records: Int
  }

  /// Lines of one restart lie no further apart.
  static let restartGapSeconds = 60.0
  /// The newest are kept.
  static let restartsLimit = 256
  /// A field with more values states no version.
  static let versionsLimit = 16
  static let versionBytesLimit = 64
  /// Fields that state a version, the most telling first.
  private static let fields = [
    "service.version", "service_version", "app_version", "appVersion", "release", "version",
    "dd.version", "git_sha", "gitSha", "commit", "revision", "build", "image_tag",
  ].map { FieldPath($0) }
  /// Among so many records the field is looked for in each, and then in every so-many-th.
  private static let eagerRecords = 1_000
  private static let laterStride = 64

  /// Ascending in time.
  package private(set) var restarts: [Restart] = []
  /// By field, what it stated; a field of too many values stays empty.
  private var values = [[Version]](repeating: [], count: fields.count)
  private var isNoVersion = [Bool](repeating: false, count: fields.count)
  private var searched = 0

  package init() {}

  /// Notes that a line of a restart was written.
  mutating func addRestart(at time: Timestamp, rule: Int) {
    // Most lines belong to the newest, or begin a new one.
    insert(Restart(first: time, last: time, records: 1, rule: rule))
  }

  /// Looks for a version in a record with fields.
  mutating func addVersion(_ text: Span<UInt8>, at time: Timestamp) {
    searched += 1
    let isEager = searched <= Self.eagerRecords || searched % Self.laterStride == 0
    for field in Self.fields.indices
    where !isNoVersion[field] && (isEager || !values[field].isEmpty) {
      guard let value = Self.fields[field].find(in: text), Self.isName(value.kind),
        !value.range.isEmpty, value.range.count <= Self.versionBytesLimit
      else { continue }
      let name = String(decoding: value.range.map { text[$0] }, as: UTF8.self)
      insert(Version(name: name, first: time, records: 1), field: field)
    }
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
    if let known = values[field].firstIndex(where: { $0.name == version.name }) {
      values[field][known].records += version.records
      values[field][known].first = min(values[field][known].first, version.first)
    } else if values[field].count < Self.versionsLimit {
      values[field].append(version)
    } else {
      isNoVersion[field] = true
      values[field] = []
    }
  }

  /// What the most telling field stated that changed, ascending by the time at which each value came
  /// first; empty when none did.
  package var versions: [Version] {
    let changed = values.first { $0.count > 1 } ?? []
    return changed.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
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
    searched += other.searched
  }
}

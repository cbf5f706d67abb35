private import Bytes
private import Glibc

extension LocalZone {
  /// `Europe/Berlin`, `UTC`, `Z`, `local`, `+02:00`, `-0530`, `+9`, or a POSIX rule such as
  /// `CET-1CEST,M3.5.0,M10.5.0/3`. Nil when no such zone is known on this machine.
  package init?(named name: String) {
    switch name {
    case "UTC", "utc", "Z":
      self = .utc
      return
    case "local":
      self = .machine()
      return
    default:
      break
    }
    if let offset = Self.fixedOffset(name) {
      self.init(fixedOffsetSeconds: offset, name: name)
      return
    }
    if Self.isZoneName(name), let zone = Self.fromDatabase(name) {
      self = zone
      return
    }
    guard let zone = Self(posixRule: name) else { return nil }
    self = zone
  }

  /// The zone of this machine: `$TZ`, else `/etc/localtime`, else UTC. An unusable `$TZ` is UTC, as
  /// in glibc.
  package static func machine() -> LocalZone {
    guard let variable = environmentZone() else {
      return LocalZone(path: "/etc/localtime", name: localtimeName() ?? "local time") ?? .utc
    }
    let value = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
    if value.isEmpty { return .utc }
    if value.hasPrefix("/") { return LocalZone(path: value, name: value) ?? .utc }
    if isZoneName(value), let zone = fromDatabase(value) { return zone }
    return LocalZone(posixRule: value) ?? .utc
  }

  private static func fromDatabase(_ name: String) -> LocalZone? {
    for folder in ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"] {
      if let zone = LocalZone(path: "\(folder)/\(name)", name: name) { return zone }
    }
    return nil
  }

  private init?(posixRule text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Limits.zoneNameBytes, let rule = ZoneRule(posix: bytes.span) else {
      return nil
    }
    self.init(
      name: text, transitions: [], offsets: [], firstOffset: 0, rule: rule, abbreviations: [])
  }

  /// Whether a name can be looked up as a file without leaving the folder.
  static func isZoneName(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let first = bytes.first, first != 0x2F, bytes.count <= Limits.zoneNameBytes else {
      return false
    }
    return bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F: true
      default: false
      }
    }
  }

  /// `+02:00`, `-0530`, `+9` in seconds.
  private static func fixedOffset(_ name: String) -> Int? {
    let bytes = Array(name.utf8)
    let text = bytes.span
    var cursor = ByteCursor()
    let isWest = cursor.take(0x2D, in: text)
    guard isWest || cursor.take(0x2B, in: text) else { return nil }
    guard let hours = cursor.takeDigits(in: text, atMost: 2) else { return nil }
    var minutes = 0
    if !cursor.isAtEnd(text) {
      _ = cursor.take(0x3A, in: text)
      guard let number = cursor.takeDigits(in: text, exactly: 2) else { return nil }
      minutes = number
    }
    guard cursor.isAtEnd(text), hours < 24, minutes < 60 else { return nil }
    let offset = hours * 3_600 + minutes * 60
    return isWest ? -offset : offset
  }

  private static func environmentZone() -> String? {
    // SAFETY: `getenv` returns nil or a C string, which is copied at once.
    guard let value = unsafe getenv("TZ") else { return nil }
    return unsafe String(cString: value)
  }

  /// The zone that `/etc/localtime` links to.
  private static func localtimeName() -> String? {
    var buffer = [CChar](repeating: 0, count: 1_024)
    // SAFETY: `readlink` writes at most `count` bytes to the buffer, which outlives the call.
    let count = unsafe buffer.withUnsafeMutableBufferPointer { space in
      unsafe space.baseAddress.map { unsafe readlink("/etc/localtime", $0, space.count) } ?? 0
    }
    guard count > 0, count < buffer.count else { return nil }
    let target = buffer[..<count].map { UInt8(bitPattern: $0) }
    let marker = Array("/zoneinfo/".utf8)
    var start = target.startIndex
    while start + marker.count < target.endIndex {
      if target[start..<start + marker.count].elementsEqual(marker) {
        return String(decoding: target[(start + marker.count)...], as: UTF8.self)
      }
      start += 1
    }
    return nil
  }
}

extension LocalZone {
  /// Whether the name of a zone may stand behind a stamp: ` Europe/`, ` America/` and the like. Other
  /// words with a slash are the message.
  static func isArea(_ line: Span<UInt8>, _ index: Int) -> Bool {
    let areas: [11 of StaticString] = [
      "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/",
      "Europe/", "Etc/", "Indian/", "Pacific/",
    ]
    for area in areas.indices where line.has(areas[area], at: index + 1) { return true }
    return false
  }
}

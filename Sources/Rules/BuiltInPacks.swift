import CPacks

/// The packs that are part of the program.
enum BuiltInPacks {
  struct Pack: Sendable {
    var name: String
    var text: String
  }

  /// In the order of `CPacks`.
  static let all: [Pack] = (0..<tidemark_pack_count()).map { index in
    var length = 0
    // SAFETY: both point to constants of the program, and `length` is the text's own.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: tidemark_pack_text(index, &length), count: length)
    return unsafe Pack(
      name: String(cString: tidemark_pack_name(index)),
      text: String(decoding: bytes, as: UTF8.self))
  }

  static var names: [String] { all.map(\.name) }

  /// The name that problems and listings show for a pack's file.
  static func fileName(of pack: String) -> String { "pack \(pack)" }

  static func parsed(_ pack: Pack) -> (file: RuleFile, problems: [RuleProblem]) {
    RuleFileParser.parse(name: fileName(of: pack.name), text: pack.text)
  }

  private static let files: [(pack: String, file: RuleFile)] = all.map {
    ($0.name, parsed($0).file)
  }

  /// What a user's file may replace or switch off even when the pack itself is not loaded.
  static let ruleAndSignalIDs: [String] = files.flatMap { _, file in
    file.rules.map(\.id.text) + file.signals.map(\.id.text)
  }

  /// The pack with a rule that makes the event.
  static func packName(ofEvent event: String) -> String? {
    files.first { _, file in
      file.rules.contains { ($0.event ?? $0.id).text == event }
    }?.pack
  }
}

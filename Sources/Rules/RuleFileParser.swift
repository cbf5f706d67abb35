import Records
import Yams

/// Turns the text of a rule file into a `RuleFile`; collects every problem on the way.
struct RuleFileParser {
  let source: RuleSource
  var problems: [RuleProblem] = []

  /// - Parameters:
  ///   - name: the path as the user gave it; problems begin with it.
  ///   - text: the file's content.
  /// - Returns: what could be understood, and all problems in the order of their lines.
  static func parse(name: String, text: String) -> (file: RuleFile, problems: [RuleProblem]) {
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let source = RuleSource(name: name, text: text)
    var file = RuleFile(source: source, pack: packName(of: name))
    guard text.utf8.count <= Limits.ruleFileBytes else {
      let message =
        "the file has \(text.utf8.count) bytes; at most \(Limits.ruleFileBytes) are read"
      return (file, [RuleProblem(file: name, message: message)])
    }
    let root: Node?
    do throws(RuleProblem) {
      root = try YAMLDocument.compose(text, of: source)
    } catch {
      file.isUnreadable = true
      return (file, [error])
    }
    var parser = RuleFileParser(source: source)
    if let root {
      parser.readFile(root, into: &file)
    } else {
      parser.problems.append(
        RuleProblem(file: name, message: "the file is empty; expected rules or signals"))
    }
    return (file, parser.problems)
  }

  /// The file's name without folder and ending.
  private static func packName(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  private static let fileKeys = ["pack", "about", "rules", "signals", "disable"]

  private mutating func readFile(_ root: Node, into file: inout RuleFile) {
    guard let keys = mapping(root, "a rule file", keys: Self.fileKeys) else { return }
    if let pack = keys["pack"].flatMap({ scalar($0, "pack") }) { file.pack = pack.text }
    file.about = keys["about"].flatMap { scalar($0, "about") }?.text
    for node in keys["rules"].map({ list($0, "rules") }) ?? [] {
      if let rule = rule(node) { file.rules.append(rule) }
    }
    for node in keys["signals"].map({ list($0, "signals") }) ?? [] {
      if let signal = signal(node) { file.signals.append(signal) }
    }
    file.disable = keys["disable"].map { scalars($0, "disable") } ?? []
  }

  private static let ruleKeys = [
    "id", "about", "class", "severity", "match", "record", "where", "fields", "event", "captures",
    "signature", "hint", "deploy-noise", "loses-lines", "replaces", "advisory", "samples", "misses",
  ]

  private mutating func rule(_ node: Node) -> RuleFile.RuleDefinition? {
    guard let keys = mapping(node, "a rule", keys: Self.ruleKeys) else { return nil }
    let position = YAMLDocument.position(of: node.mark)
    guard let id = identifier(keys["id"], of: "rule", at: position) else { return nil }
    var rule = RuleFile.RuleDefinition(position: position, id: id)
    rule.about = keys["about"].flatMap { scalar($0, "about") }?.text
    rule.ruleClass = keys["class"].flatMap { scalar($0, "class") }
    rule.severity = keys["severity"].flatMap { scalar($0, "severity") }
    rule.match = keys["match"].flatMap { scalar($0, "match") }
    rule.records = keys["record"].map { scalars($0, "record") } ?? []
    rule.condition = keys["where"].flatMap { scalar($0, "where") }
    rule.fields = keys["fields"].map { fields($0) } ?? []
    rule.event = keys["event"].flatMap { scalar($0, "event") }
    rule.captures = keys["captures"].map { captures($0) } ?? []
    rule.signature = keys["signature"].map { scalars($0, "signature") } ?? []
    rule.hint = keys["hint"].flatMap { scalar($0, "hint") }?.text
    rule.deployNoise = keys["deploy-noise"].map { flag($0, "deploy-noise") } ?? false
    rule.losesLines = keys["loses-lines"].map { flag($0, "loses-lines") } ?? false
    rule.replaces = keys["replaces"].map { flag($0, "replaces") } ?? false
    rule.advisory = keys["advisory"].map { flag($0, "advisory") } ?? false
    rule.samples = keys["samples"].map { samples($0, "samples") } ?? []
    rule.misses = keys["misses"].map { samples($0, "misses") } ?? []
    if keys["match"] == nil, keys["record"] == nil, keys["fields"] == nil {
      report(
        at: position,
        "rule \"\(id.text)\" would match everything: it needs match, record or fields")
    }
    return rule
  }

  private static let signalKeys = [
    "id", "about", "kind", "count", "per", "value", "by", "worse", "severity", "required",
    "advisory", "quantiles", "explains", "hint",
  ]

  private mutating func signal(_ node: Node) -> RuleFile.SignalDefinition? {
    guard let keys = mapping(node, "a signal", keys: Self.signalKeys) else { return nil }
    let position = YAMLDocument.position(of: node.mark)
    guard let id = identifier(keys["id"], of: "signal", at: position) else { return nil }
    var signal = RuleFile.SignalDefinition(position: position, id: id)
    signal.about = keys["about"].flatMap { scalar($0, "about") }?.text
    signal.kind = keys["kind"].flatMap { scalar($0, "kind") }
    signal.count = keys["count"].flatMap { scalar($0, "count") }
    signal.per = keys["per"].flatMap { scalar($0, "per") }
    signal.value = keys["value"].flatMap { scalar($0, "value") }
    signal.by = keys["by"].flatMap { scalar($0, "by") }
    signal.worse = keys["worse"].flatMap { scalar($0, "worse") }
    signal.severity = keys["severity"].flatMap { scalar($0, "severity") }
    signal.required = keys["required"].map { flag($0, "required") } ?? false
    signal.advisory = keys["advisory"].map { flag($0, "advisory") } ?? false
    signal.quantiles = keys["quantiles"].map { scalars($0, "quantiles") }
    signal.explains = keys["explains"].map { scalars($0, "explains") } ?? []
    signal.hint = keys["hint"].flatMap { scalar($0, "hint") }?.text
    if keys["kind"] == nil {
      report(
        at: position,
        "signal \"\(id.text)\" has no kind: expected rate, ratio, proportion, latency or silence")
    }
    return signal
  }

  private mutating func identifier(
    _ node: Node?, of what: String, at position: SourcePosition
  ) -> ScalarText? {
    guard let node else {
      report(at: position, "this \(what) has no id")
      return nil
    }
    guard let id = scalar(node, "id") else { return nil }
    let isValid = id.text.utf8.enumerated().allSatisfy { index, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): index > 0
      default: false
      }
    }
    guard isValid else {
      report(
        at: id.position,
        "\"\(id.text)\" is not an id: expected lower-case letters, digits, \".\", \"_\" and \"-\","
          + " a letter or digit first")
      return nil
    }
    return id
  }

  private mutating func fields(_ node: Node) -> [RuleFile.FieldDefinition] {
    pairs(node, "fields").map { name, value in
      RuleFile.FieldDefinition(path: name, values: scalars(value, "the field \"\(name.text)\""))
    }
  }

  private mutating func samples(_ node: Node, _ key: String) -> [RuleFile.SampleDefinition] {
    list(node, key).compactMap { node in
      guard node.isMapping else {
        return scalar(node, key).map { RuleFile.SampleDefinition(text: $0) }
      }
      let keys = mapping(node, "a sample", keys: ["line", "captures", "also"])
      guard let line = keys?["line"] else {
        if keys?.isEmpty == false || node.mapping?.isEmpty == true {
          report(at: YAMLDocument.position(of: node.mark), "this sample has no line")
        }
        return nil
      }
      guard let text = scalar(line, "line") else { return nil }
      var sample = RuleFile.SampleDefinition(text: text)
      sample.also = keys?["also"].map { scalars($0, "also") } ?? []
      for (name, value) in keys?["captures"].map({ pairs($0, "captures") }) ?? [] {
        if let value = scalar(value, "the capture \"\(name.text)\"") {
          sample.captures.append((name, value))
        }
      }
      return sample
    }
  }

  private mutating func captures(_ node: Node) -> [RuleFile.CaptureDefinition] {
    pairs(node, "captures").compactMap { name, value in
      kind(value, of: name.text).map { RuleFile.CaptureDefinition(name: name, kind: $0) }
    }
  }

  private static let kinds: [(name: String, kind: CaptureKind)] = [
    ("integer", .integer), ("number", .number), ("word", .word), ("text", .text),
    ("route", .route),
  ]

  private static let units: [(name: String, kind: CaptureKind)] = [
    ("seconds", .duration(.seconds)), ("milliseconds", .duration(.milliseconds)),
    ("microseconds", .duration(.microseconds)), ("nanoseconds", .duration(.nanoseconds)),
    ("bytes", .bytes),
  ]

  private mutating func kind(_ node: Node, of name: String) -> CaptureKind? {
    if node.isMapping {
      guard let keys = mapping(node, "the capture \"\(name)\"", keys: ["unit"]) else { return nil }
      guard let unit = keys["unit"] else {
        report(at: YAMLDocument.position(of: node.mark), "this capture has no unit")
        return nil
      }
      return choice(unit, "a unit", among: Self.units)
    }
    return choice(node, "a kind", among: Self.kinds)
  }

  private mutating func choice(
    _ node: Node, _ what: String, among kinds: [(name: String, kind: CaptureKind)]
  ) -> CaptureKind? {
    guard let text = scalar(node, what) else { return nil }
    if let found = kinds.first(where: { $0.name == text.text }) { return found.kind }
    let names = kinds.map(\.name)
    report(
      at: text.position,
      "\"\(text.text)\" is not \(what): expected \(names.joined(separator: ", "))"
        + NearestName.hint(text.text, among: names))
    return nil
  }
}

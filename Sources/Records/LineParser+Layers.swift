import Bytes

extension LineParser {
  /// What taking one layer off did.
  enum LayerStep {
    case none
    /// The inner text starts here in the same bytes.
    case prefix(Int)
    /// The same, behind a container's name.
    case named(Int)
    /// The inner text was written into `spare`.
    case copied
  }

  /// Takes docker, CRI, journald, syslog, compose and kubectl layers and ANSI colours off a line.
  mutating func unwrap(_ line: Span<UInt8>, into buffer: inout [UInt8]) -> UnwrappedLine {
    var layers = UnwrappedLine(text: 0..<line.count)
    if stripColours(line, layers.text) {
      adopt(&buffer, &layers)
    }
    for _ in 0..<Limits.nestedLayers {
      let step =
        layers.isCopied
        ? takeLayer(buffer.span, &layers) : takeLayer(line, &layers)
      switch step {
      case .none:
        return layers
      case .prefix(let start):
        layers.text = start..<layers.text.upperBound
      case .named(let start):
        let name = layers.text.lowerBound..<start
        layers.source =
          layers.isCopied ? buffer.span.container(name) : line.container(name)
        layers.text = start..<layers.text.upperBound
      case .copied:
        adopt(&buffer, &layers)
        if stripColours(buffer.span, layers.text) { adopt(&buffer, &layers) }
      }
      if layers.isPartial { return layers }
    }
    return layers
  }

  private mutating func adopt(_ buffer: inout [UInt8], _ layers: inout UnwrappedLine) {
    swap(&buffer, &spare)
    layers.isCopied = true
    layers.text = 0..<buffer.count
  }

  private mutating func takeLayer(_ text: Span<UInt8>, _ layers: inout UnwrappedLine) -> LayerStep {
    let start = layers.text.lowerBound
    guard start < layers.text.upperBound else { return .none }
    let first = text[start]
    switch first {
    case 0x7B: return takeJSONLayer(text, &layers)
    case 0x3C: return takePriority(text, &layers)
    case 0x5B: return takePodPrefix(text, start, &layers)
    case 0x41...0x5A:
      if case .prefix(let inner) = takeTraditionalSyslog(text, start, &layers) {
        return .prefix(inner)
      }
      return takeComposePrefix(text, start)
    case 0x30...0x39:
      if start + 19 < text.count, text[start + 10] == 0x54, text[start + 4] == 0x2D {
        return takeStampedLayer(text, start, &layers)
      }
      return takeComposePrefix(text, start)
    case 0x61...0x7A: return takeComposePrefix(text, start)
    default: return .none
    }
  }

  // MARK: JSON layers

  private mutating func takeJSONLayer(
    _ text: Span<UInt8>, _ layers: inout UnwrappedLine
  ) -> LayerStep {
    let start = layers.text.lowerBound
    let isDocker = text.has("{\"log\":\"", at: start)
    guard isDocker || mayBeJournald(text, start) else { return .none }
    fields = StructuredFields()
    guard jsonReader.read(text, from: start, clock: &times, into: &fields) else { return .none }
    guard let message = fields.message else { return .none }
    if fields.marks.contains(.docker) {
      layers.format = .dockerJSONFile
      layers.stream = outputStream(text)
    } else if fields.marks.contains(.journald) {
      layers.format = .journaldJSON
      layers.severity = fields.severity
    } else {
      return .none
    }
    if let program = fields.logger { layers.source = text.source(program, process: 0) }
    layers.time = fields.time ?? layers.time
    layers.timeHasZone = layers.time != nil
    spare.removeAll(keepingCapacity: true)
    if fields.messageIsByteArray {
      _ = jsonByteArrayContent(text, message, appendTo: &spare)
    } else {
      jsonStringContent(text, message, appendUnescapedTo: &spare)
    }
    if layers.format == .dockerJSONFile {
      if spare.last == 0x0A { spare.removeLast() } else { layers.isPartial = true }
      if spare.last == 0x0D, !layers.isPartial { spare.removeLast() }
    }
    return .copied
  }

  /// Journald's keys are of capitals and underscores; other programs' rarely are.
  private func mayBeJournald(_ text: Span<UInt8>, _ start: Int) -> Bool {
    var cursor = ByteCursor(start + 1)
    cursor.skip(0x20, in: text)
    guard cursor.take(0x22, in: text), let first = cursor.peek(text),
      let second = cursor.peek(text, ahead: 1)
    else { return false }
    guard first == 0x5F || first.isUppercase, second == 0x5F || second.isUppercase else {
      return false
    }
    return text.firstIndex(of: "\"__REALTIME_TIMESTAMP\"", from: start) != nil
  }

  private func outputStream(_ text: Span<UInt8>) -> OutputStream {
    guard let range = fields.stream else { return .unknown }
    if text.equals("stderr", in: range) { return .standardError }
    return text.equals("stdout", in: range) ? .standardOutput : .unknown
  }

  // MARK: prefixes

  /// `kubectl logs --prefix`: `[pod/x/c] `.
  private func takePodPrefix(
    _ text: Span<UInt8>, _ start: Int, _ layers: inout UnwrappedLine
  ) -> LayerStep {
    guard text.has("[pod/", at: start) else { return .none }
    var cursor = ByteCursor(start)
    guard let name = cursor.takeBracketed(in: text), cursor.take(0x20, in: text) else {
      return .none
    }
    // Pods of one deployment differ in the middle of their names.
    for index in name { layers.source = layers.source &* 31 &+ UInt64(text[index]) }
    layers.source |= 1
    return .prefix(cursor.position)
  }

  /// `docker compose logs`: a container's name, padded, and a bar. A name must end in a number or be
  /// padded by two spaces, so that a table's first column is not taken for one.
  private func takeComposePrefix(_ text: Span<UInt8>, _ start: Int) -> LayerStep {
    let limit = min(text.count, start + Limits.containerNameBytes)
    var end = start
    while end < limit, text[end].isWord || text[end] == 0x2D || text[end] == 0x2E { end += 1 }
    guard end < limit, text[end] == 0x20 else { return .none }
    var cursor = ByteCursor(end)
    let padding = cursor.skip(0x20, in: text)
    guard padding > 0, cursor.take(0x7C, in: text), end > start + 1 else { return .none }
    guard cursor.isAtEnd(text) || cursor.take(0x20, in: text) else { return .none }
    let isNumbered = text[end - 1].isDigit && (text[end - 2] == 0x2D || text[end - 2] == 0x5F)
    return isNumbered || padding > 1 ? .named(cursor.position) : .none
  }

  /// Writes the text without terminal colours into `spare`; false when it has none.
  private mutating func stripColours(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard text.firstIndex(of: 0x1B, from: range.lowerBound) != nil else { return false }
    spare.removeAll(keepingCapacity: true)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      index += 1
      guard byte == 0x1B else {
        spare.append(byte)
        continue
      }
      guard index < range.upperBound, text[index] == 0x5B else { continue }
      // Parameters and intermediate bytes, then one final byte: ECMA-48, 5.4.
      index += 1
      while index < range.upperBound, text[index] &- 0x20 < 0x20 { index += 1 }
      if index < range.upperBound { index += 1 }
    }
    return true
  }
}

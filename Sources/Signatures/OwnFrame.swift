/// Where in the user's own code an error arose: a file's name or a function or both, without the
/// line, which moves in every release. Nil for frames of libraries and runtimes.
struct OwnFrame {
  var file: Range<Int>?
  var function: Range<Int>?

  /// `File "/srv/app/cart.py", line 3, in total`.
  init?(python text: Span<UInt8>, _ line: Range<Int>) {
    let start = line.lowerBound + 6
    var end = start
    while end < line.upperBound, text[end] != 0x22 { end += 1 }
    let path = start..<end
    guard !Self.isForeign(text, path) else { return nil }
    file = Self.lastPart(text, path)
    if let place = text.first(", in ", in: end..<line.upperBound) {
      function = place + 5..<line.upperBound
    }
  }

  /// Java's, Node's and .NET's, behind `at`.
  init?(at text: Span<UInt8>, _ line: Range<Int>) {
    guard !line.isEmpty else { return nil }
    var open: Int?
    for index in line where text[index] == 0x28 {
      open = index
      break
    }
    if let open, text[line.upperBound - 1] == 0x29, Self.isJava(text, open..<line.upperBound) {
      self.init(java: text, line.lowerBound..<open)
    } else if let place = text.first(" in ", in: line), text.first(":line ", in: line) != nil {
      self.init(dotNet: text, line.lowerBound..<(open ?? place))
    } else if Self.endsInPosition(text, line) {
      self.init(node: text, line)
    } else if let open, text.first("(<anonymous>)", in: open..<line.upperBound) == nil,
      text.first("(native)", in: open..<line.upperBound) == nil
    {
      self.init(dotNet: text, line.lowerBound..<open)
    } else {
      return nil
    }
  }

  private static func isJava(_ text: Span<UInt8>, _ place: Range<Int>) -> Bool {
    text.first(".java", in: place) != nil || text.first(".kt", in: place) != nil
      || text.first(".scala", in: place) != nil || text.first(".groovy", in: place) != nil
      || text.first("(Native Method", in: place) != nil
      || text.first("(Unknown Source", in: place) != nil
      || text.first("(SourceFile", in: place) != nil
      || text.first("(<generated>", in: place) != nil
  }

  /// `java.base/java.lang.Integer.parseInt`; of `lambda$run$0` the number goes. Generated classes (`Cart$$Proxy`)
  /// stand between own frames.
  private init?(java text: Span<UInt8>, _ name: Range<Int>) {
    var start = name.lowerBound
    for index in name where text[index] == UInt8(ascii: "/") { start = index + 1 }
    guard !ForeignNames.java.contains(where: { text.has($0, at: start, before: name.upperBound) })
    else { return nil }
    guard text.first("$$", in: start..<name.upperBound) == nil else { return nil }
    function = start..<Self.withoutCounter(text, start..<name.upperBound)
  }

  private init?(dotNet text: Span<UInt8>, _ name: Range<Int>) {
    guard
      !ForeignNames.dotNet.contains(where: {
        text.has($0, at: name.lowerBound, before: name.upperBound)
      })
    else { return nil }
    function = name.lowerBound..<Self.withoutCounter(text, name)
  }

  /// `total (/srv/app/cart.js:3:5)`, `async total (…)`, `/srv/app/cart.js:3:5`.
  private init?(node text: Span<UInt8>, _ line: Range<Int>) {
    var path = line
    if text[line.upperBound - 1] == 0x29 {
      var open = line.upperBound - 1
      while open > line.lowerBound, text[open] != 0x28 { open -= 1 }
      path = open + 1..<line.upperBound - 1
      var start = line.lowerBound
      if text.has("async ", at: start, before: open) { start += 6 }
      var end = text.first(" [as ", in: start..<open) ?? open
      while end > start, text[end - 1] == 0x20 { end -= 1 }
      if end > start { function = start..<end }
    }
    guard !Self.isForeign(text, path) else { return nil }
    var end = path.upperBound
    for _ in 0..<2 {
      var digits = end
      while digits > path.lowerBound, text[digits - 1].isDecimal { digits -= 1 }
      guard digits < end, digits > path.lowerBound, text[digits - 1] == 0x3A else { break }
      end = digits - 1
    }
    file = Self.lastPart(text, path.lowerBound..<end)
  }

  private static func endsInPosition(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var end = line.upperBound
    if text[end - 1] == 0x29 { end -= 1 }
    let digits = end
    while end > line.lowerBound, text[end - 1].isDecimal { end -= 1 }
    return end < digits && end > line.lowerBound + 1 && text[end - 1] == 0x3A
  }

  /// `app/models/cart.rb:12:in 'total'`.
  init?(ruby text: Span<UInt8>, _ line: Range<Int>) {
    guard let place = text.first(":in ", in: line) else { return nil }
    var end = place
    while end > line.lowerBound, text[end - 1].isDecimal { end -= 1 }
    let path = line.lowerBound..<max(line.lowerBound, end - 1)
    guard !Self.isForeign(text, path) else { return nil }
    file = Self.lastPart(text, path)
    let start = place + 5
    var stop = start
    while stop < line.upperBound, text[stop] != 0x27 { stop += 1 }
    if stop > start { function = start..<stop }
  }

  /// `#0 /srv/app/Cart.php(12): Cart->total()`.
  init?(php text: Span<UInt8>, _ line: Range<Int>) {
    var start = line.lowerBound
    while start < line.upperBound, text[start] != 0x20 { start += 1 }
    start += 1
    guard start < line.upperBound else { return nil }
    var open = start
    while open < line.upperBound, text[open] != 0x28 { open += 1 }
    guard open < line.upperBound, let place = text.first("): ", in: open..<line.upperBound),
      !Self.isForeign(text, start..<open)
    else { return nil }
    file = Self.lastPart(text, start..<open)
    var end = place + 3
    while end < line.upperBound, text[end] != 0x28 { end += 1 }
    function = place + 3..<end
  }

  /// The function's line and the indented one of its file: `main.(*Cart).total(0xc0000…)`.
  init?(go text: Span<UInt8>, function line: Range<Int>, path: Range<Int>) {
    guard !Self.isForeign(text, path),
      !ForeignNames.go.contains(where: {
        text.has($0, at: line.lowerBound, before: line.upperBound)
      })
    else { return nil }
    // The last parenthesis opens the arguments.
    var end = line.upperBound
    while end > line.lowerBound, text[end - 1] != 0x28 { end -= 1 }
    var name = line.lowerBound..<max(line.lowerBound, end - 1)
    if let closure = text.first(".func", in: name), closure + 5 < name.upperBound,
      text[closure + 5].isDecimal
    {
      name = name.lowerBound..<closure
    }
    guard !name.isEmpty else { return nil }
    function = name
  }

  /// `src/cart.rs:12:5:` behind `panicked at`.
  init?(rust text: Span<UInt8>, _ place: Range<Int>) {
    var end = place.lowerBound
    while end < place.upperBound, text[end] != 0x3A { end += 1 }
    guard end > place.lowerBound, !Self.isForeign(text, place.lowerBound..<end) else { return nil }
    file = Self.lastPart(text, place.lowerBound..<end)
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A picture with a time axis, drawn by hand: no script, and colours that follow the page.
struct SVGPlot {
  static let width = 420.0
  private static let left = 16.0
  private static let right = 416.0
  private static let topEdge = 20.0

  private let height: Double
  private let seconds: Double
  private let top: Double
  private var marks: [String] = []

  /// - Parameters:
  ///   - seconds: length of the time axis.
  ///   - top: the number at the upper edge; the lower one is 0.
  init(height: Double, seconds: Double, top: Double) {
    self.height = height
    self.seconds = max(seconds, 1e-9)
    self.top = max(top, 1e-12)
  }

  private var bottom: Double { height - 24 }

  private func x(_ second: Double) -> Double {
    Self.left + (Self.right - Self.left) * min(1, max(0, second / seconds))
  }

  private func y(_ number: Double) -> Double {
    bottom - (bottom - Self.topEdge) * min(1, max(0, number / top))
  }

  /// A number with one place.
  private static func short(_ number: Double) -> String {
    let tenths = (number * 10).rounded()
    return tenths.remainder(dividingBy: 10) == 0
      ? String(Int(tenths / 10)) : String(tenths / 10)
  }

  /// The axes, with words at the ends of the upright one and at moments of the other.
  mutating func axes(low: String, high: String, times: [(second: Double, text: String)]) {
    let (left, right, bottom) = (
      Self.short(Self.left), Self.short(Self.right), Self.short(self.bottom)
    )
    marks.append(
      "<path d=\"M\(left) \(Self.short(Self.topEdge))V\(bottom)H\(right)\" fill=\"none\" "
        + "stroke=\"var(--line)\"/>")
    // The upper word stands above its axis, where it may be long.
    for (text, y) in [(high, Self.topEdge - 7), (low, self.bottom)] where !text.isEmpty {
      marks.append(
        "<text x=\"2\" y=\"\(Self.short(y))\">\(HTMLText.escaped(text))</text>")
    }
    for time in times {
      let place = x(time.second)
      let anchor = place < Self.left + 60 ? "start" : place > Self.right - 60 ? "end" : "middle"
      marks.append(
        "<text x=\"\(Self.short(place))\" y=\"\(Self.short(height - 8))\" "
          + "text-anchor=\"\(anchor)\">\(HTMLText.escaped(time.text))</text>")
    }
  }

  /// An upright line at a moment.
  mutating func upright(at second: Double) {
    let place = Self.short(x(second))
    marks.append(
      "<path d=\"M\(place) \(Self.short(Self.topEdge))V\(Self.short(bottom))\" "
        + "stroke=\"var(--dim)\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"/>")
  }

  /// A band between two numbers, from one moment to another.
  mutating func band(_ low: Double, _ high: Double, from: Double, to: Double) {
    let (start, end) = (x(from), x(to))
    marks.append(
      "<rect x=\"\(Self.short(start))\" y=\"\(Self.short(y(high)))\" "
        + "width=\"\(Self.short(max(0, end - start)))\" "
        + "height=\"\(Self.short(max(1, y(low) - y(high))))\" fill=\"var(--bad)\" opacity=\"0.18\"/>"
    )
  }

  /// A level line from one moment to another.
  mutating func level(_ number: Double, from: Double, to: Double, color: String) {
    marks.append(
      "<path d=\"M\(Self.short(x(from))) \(Self.short(y(number)))H\(Self.short(x(to)))\" "
        + "stroke=\"var(--\(color))\" stroke-width=\"1.5\"/>")
  }

  /// A line through the middles of buckets; where nothing is known it is broken.
  mutating func line(
    _ numbers: [Double?], bucketSeconds: Double, color: String, dash: String? = nil
  ) {
    var path = ""
    var isDrawing = false
    for (place, number) in numbers.enumerated() {
      guard let number else {
        isDrawing = false
        continue
      }
      path +=
        (isDrawing ? "L" : "M") + Self.short(x((Double(place) + 0.5) * bucketSeconds)) + " "
        + Self.short(y(number))
      // A lone bucket is a dot.
      if !isDrawing { path += "h.1" }
      isDrawing = true
    }
    guard !path.isEmpty else { return }
    marks.append(
      "<path d=\"\(path)\" fill=\"none\" stroke=\"var(--\(color))\" stroke-width=\"1.8\" "
        + "stroke-linecap=\"round\" stroke-linejoin=\"round\""
        + (dash.map { " stroke-dasharray=\"\($0)\"" } ?? "") + "/>")
  }

  /// A dot with a word beside it.
  mutating func dot(at second: Double, height number: Double, text: String) {
    let (place, level) = (x(second), y(number))
    let isLate = place > (Self.left + Self.right) / 2
    marks.append(
      "<circle cx=\"\(Self.short(place))\" cy=\"\(Self.short(level))\" r=\"4\" "
        + "fill=\"var(--warn)\"/>")
    marks.append(
      "<text x=\"\(Self.short(place + (isLate ? -8 : 8)))\" y=\"\(Self.short(level + 4))\" "
        + "text-anchor=\"\(isLate ? "end" : "start")\">"
        + "\(HTMLText.escaped(LogText.printable(text)))</text>")
  }

  /// The picture, with words for who cannot see it.
  func render(id: String, title: String, description: String) -> String {
    let title = HTMLText.escaped(LogText.printable(title))
    let description = HTMLText.escaped(LogText.printable(description))
    return "<svg viewBox=\"0 0 \(Self.short(Self.width)) \(Self.short(height))\" role=\"img\" "
      + "aria-labelledby=\"\(id)-title \(id)-words\">\n"
      + "<title id=\"\(id)-title\">\(title)</title>\n"
      + "<desc id=\"\(id)-words\">\(description)</desc>\n"
      + marks.joined(separator: "\n") + "\n</svg>"
  }
}

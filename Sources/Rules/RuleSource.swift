/// A place in a rule file, counted in lines and characters from 1.
struct SourcePosition: Sendable, Equatable {
  var line: Int
  var column: Int
}

/// A text of a rule file with the place where it begins.
struct ScalarText: Sendable {
  /// How the text is written, which decides how its characters map to those of the file.
  enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  var text: String
  var position: SourcePosition
  var style: Style
}

/// The text of one rule file, kept to show the line in which a problem stands.
struct RuleSource: Sendable {
  /// The path as the user gave it, or `pack NAME` for a built-in one.
  let name: String
  private let lines: [Substring]

  init(name: String, text: String) {
    self.name = name
    lines = Self.lines(of: text)
  }

  /// Lines as YAML counts them: they end at LF, CR LF, CR and Unicode's three line breaks.
  private static func lines(of text: String) -> [Substring] {
    let scalars = text.unicodeScalars
    var lines: [Substring] = []
    var start = scalars.startIndex
    var index = start
    while index < scalars.endIndex {
      let next = scalars.index(after: index)
      switch scalars[index] {
      case "\r" where next < scalars.endIndex && scalars[next] == "\n":
        lines.append(text[start..<index])
        index = scalars.index(after: next)
        start = index
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        lines.append(text[start..<index])
        index = next
        start = index
      default:
        index = next
      }
    }
    lines.append(text[start...])
    return lines
  }

  /// A problem at a place; one behind the text, as at an unexpected end, is at its last line.
  func problem(at position: SourcePosition, _ message: String) -> RuleProblem {
    let isBehind = position.line > lines.count
    let number = isBehind ? lines.count : position.line
    return RuleProblem(
      file: name, line: number, column: isBehind ? 1 : position.column, message: message,
      sourceLine: String(line(number)))
  }

  /// A problem at byte `offset` of `scalar`.
  func problem(in scalar: ScalarText, at offset: Int, _ message: String) -> RuleProblem {
    problem(at: position(in: scalar, at: offset), message)
  }

  private func line(_ number: Int) -> Substring {
    number >= 1 && number <= lines.count ? lines[number - 1] : ""
  }

  /// Where byte `offset` of the scalar's text stands in the file. Exact for texts on one line and
  /// for literal blocks; the scalar's beginning for folded ones and quoted ones of several lines.
  func position(in scalar: ScalarText, at offset: Int) -> SourcePosition {
    let found: SourcePosition? =
      switch scalar.style {
      case .plain: positionInPlain(scalar, at: offset)
      case .singleQuoted: positionInSingleQuoted(scalar, at: offset)
      case .doubleQuoted: positionInDoubleQuoted(scalar, at: offset)
      case .literal: positionInLiteral(scalar, at: offset)
      case .folded: nil
      }
    return found ?? scalar.position
  }

  private func characters(from position: SourcePosition) -> ArraySlice<Unicode.Scalar> {
    Array(line(position.line).unicodeScalars).dropFirst(position.column - 1)
  }

  private func positionInPlain(_ scalar: ScalarText, at offset: Int) -> SourcePosition? {
    let written = characters(from: scalar.position)
    guard written.starts(with: scalar.text.unicodeScalars) else { return nil }
    let column = scalar.text.unicodeScalars.count(upToByte: offset)
    return SourcePosition(
      line: scalar.position.line, column: scalar.position.column + column)
  }

  private func positionInSingleQuoted(_ scalar: ScalarText, at offset: Int) -> SourcePosition? {
    let written = characters(from: scalar.position)
    guard written.first == "'" else { return nil }
    var index = written.startIndex + 1
    var bytes = 0
    while bytes < offset {
      guard index < written.endIndex else { return nil }
      bytes += UTF8.width(written[index])
      index += written[index] == "'" ? 2 : 1
    }
    guard index < written.endIndex else { return nil }
    return SourcePosition(line: scalar.position.line, column: index + 1)
  }

  private func positionInDoubleQuoted(_ scalar: ScalarText, at offset: Int) -> SourcePosition? {
    let written = characters(from: scalar.position)
    guard written.first == "\"" else { return nil }
    var index = written.startIndex + 1
    var bytes = 0
    while bytes < offset {
      guard index < written.endIndex else { return nil }
      guard written[index] == "\\" else {
        bytes += UTF8.width(written[index])
        index += 1
        continue
      }
      guard index + 1 < written.endIndex else { return nil }
      let digits =
        switch written[index + 1] {
        case "x": 2
        case "u": 4
        case "U": 8
        default: 0
        }
      if digits > 0 {
        let code = written.dropFirst(index + 2 - written.startIndex).prefix(digits)
        let value = UInt32(String(String.UnicodeScalarView(code)), radix: 16)
        bytes += value.flatMap(Unicode.Scalar.init).map { UTF8.width($0) } ?? 1
      } else {
        bytes += 1
      }
      index += 2 + digits
    }
    guard index < written.endIndex else { return nil }
    return SourcePosition(line: scalar.position.line, column: index + 1)
  }

  private func positionInLiteral(_ scalar: ScalarText, at offset: Int) -> SourcePosition? {
    var rest = scalar.text.utf8.prefix(offset)
    var line = scalar.position.line + 1
    while let newline = rest.firstIndex(of: 0x0A) {
      rest = rest[rest.index(after: newline)...]
      line += 1
    }
    // The first line that is not blank sets the indentation of the block.
    var first = scalar.position.line + 1
    while first < lines.count, self.line(first).allSatisfy({ $0 == " " }) { first += 1 }
    let indentation = self.line(first).prefix { $0 == " " }.count
    let column = Substring(rest).unicodeScalars.count
    return SourcePosition(line: line, column: indentation + column + 1)
  }
}

extension String.UnicodeScalarView {
  /// How many scalars begin before byte `offset`.
  fileprivate func count(upToByte offset: Int) -> Int {
    var bytes = 0
    var count = 0
    for scalar in self {
      guard bytes < offset else { break }
      bytes += UTF8.width(scalar)
      count += 1
    }
    return count
  }
}

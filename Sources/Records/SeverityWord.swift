extension Severity {
  /// The severity that a word stands for, in any case: `WARN`, `err`, `crit`, `SEVERE`, `dbug`.
  ///
  /// PostgreSQL's `LOG` is information, and so are `DETAIL`, `HINT`, `CONTEXT`, `STATEMENT`, `QUERY`
  /// and `LOCATION`, which accompany another message; they count in upper case only, since they are
  /// ordinary words otherwise. Google Cloud's `DEFAULT` states none.
  package init?(word text: Span<UInt8>, _ range: Range<Int>) {
    let word = Word(text: text, range: range)
    let severity: Severity? =
      switch range.count {
      case 3: Self.threeLetters(word)
      case 4: Self.fourLetters(word)
      case 5: Self.fiveLetters(word)
      case 6: Self.sixLetters(word)
      case 7: Self.sevenLetters(word)
      case 8...23: Self.longWord(word)
      default: nil
      }
    guard let severity else { return nil }
    self = severity
  }

  private struct Word: ~Escapable {
    let text: Span<UInt8>
    let range: Range<Int>

    @_lifetime(copy text)
    init(text: Span<UInt8>, range: Range<Int>) {
      self.text = text
      self.range = range
    }

    /// `literal` is in lower case.
    func equals(_ literal: StaticString) -> Bool { literal.matchesLowercased(text, range) }

    func equalsExactly(_ literal: StaticString) -> Bool { literal.matches(text, range) }
  }

  private static func threeLetters(_ word: borrowing Word) -> Severity? {
    if word.equals("inf") { return .info }
    if word.equals("err") { return .error }
    if word.equals("wrn") { return .warning }
    if word.equals("dbg") { return .debug }
    if word.equals("trc") || word.equals("vrb") { return .trace }
    if word.equals("ftl") || word.equals("crt") { return .critical }
    return word.equalsExactly("LOG") ? .info : nil
  }

  private static func fourLetters(_ word: borrowing Word) -> Severity? {
    if word.equals("info") || word.equals("note") { return .info }
    if word.equals("warn") { return .warning }
    if word.equals("fail") { return .error }
    if word.equals("crit") { return .critical }
    if word.equals("dbug") || word.equals("fine") { return .debug }
    if word.equals("trce") { return .trace }
    return word.equalsExactly("HINT") ? .info : nil
  }

  private static func fiveLetters(_ word: borrowing Word) -> Severity? {
    if word.equals("error") { return .error }
    if word.equals("debug") { return .debug }
    if word.equals("trace") || word.equals("finer") { return .trace }
    if word.equals("fatal") { return .critical }
    if word.equals("alert") { return .alert }
    if word.equals("panic") || word.equals("emerg") { return .emergency }
    return word.equalsExactly("QUERY") ? .info : nil
  }

  private static func sixLetters(_ word: borrowing Word) -> Severity? {
    if word.equals("notice") || word.equals("system") { return .notice }
    if word.equals("severe") { return .error }
    if word.equals("dpanic") { return .critical }
    if word.equals("config") { return .debug }
    if word.equals("finest") { return .trace }
    for level: StaticString in ["debug1", "debug2", "debug3", "debug4", "debug5"]
    where word.equals(level) {
      return .debug
    }
    return word.equalsExactly("DETAIL") ? .info : nil
  }

  private static func sevenLetters(_ word: borrowing Word) -> Severity? {
    if word.equals("warning") { return .warning }
    if word.equals("success") { return .info }
    if word.equals("verbose") { return .trace }
    return word.equalsExactly("CONTEXT") ? .info : nil
  }

  private static func longWord(_ word: borrowing Word) -> Severity? {
    if word.equals("critical") { return .critical }
    if word.equals("emergency") { return .emergency }
    if word.equals("information") || word.equals("informational") { return .info }
    if word.equals("exception") { return .error }
    if word.equals("deprecated") { return .notice }
    if word.equals("fatal error") || word.equals("parse error") { return .critical }
    if word.equals("recoverable fatal error") { return .error }
    return word.equalsExactly("STATEMENT") || word.equalsExactly("LOCATION") ? .info : nil
  }
}

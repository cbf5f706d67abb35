import CSecrets

/// The rules of `rules/secrets.redact`, which are part of the program.
enum BuiltInSecrets {
  static let fileName = "secrets.redact"

  static let text: String = {
    var length = 0
    // SAFETY: the pointer is that of a constant of the program, and `length` is its own.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: tidemark_secrets_text(&length), count: length)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }()

  static let file: SecretRuleFile = {
    do {
      return try SecretRuleFileParser.parse(text, file: fileName)
    } catch {
      preconditionFailure("the rules within the program are in order: \(error)")
    }
  }()
}

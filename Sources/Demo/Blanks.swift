/// The numbers that one request puts into its lines, the same in every layer.
struct Blanks {
  let product: Int
  let order: Int
  let item: Int
  let user: Int
  let cart: Int
  let page: Int
  let word: String
  /// The PostgreSQL backend that serves the request, and another one.
  let backend: Int
  let otherBackend: Int
  let transaction: Int

  /// The text with `{product}`, `{order}` and so on filled in; other braces stay as they are.
  func filled(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      if let close = rest.firstIndex(of: "}"), let value = value(of: rest[...close]) {
        result += value
        rest = rest[rest.index(after: close)...]
      } else {
        result += "{"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  private func value(of blank: Substring) -> String? {
    switch blank {
    case "{product}": String(product)
    case "{order}": String(order)
    case "{item}": String(item)
    case "{user}": String(user)
    case "{cart}": String(cart)
    case "{page}": String(page)
    case "{word}": word
    case "{backend}": String(backend)
    case "{otherBackend}": String(otherBackend)
    case "{transaction}": String(transaction)
    default: nil
    }
  }
}

import Foundation

/// A decoded JSON value; infinite numbers are the strings "inf" and "-inf".
enum JSON: Codable, Sendable, Equatable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([JSON])
  case table([String: JSON])
  case none

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .none
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self =
        switch text {
        case "inf": .number(.infinity)
        case "-inf": .number(-.infinity)
        default: .text(text)
        }
    } else if let list = try? value.decode([JSON].self) {
      self = .list(list)
    } else {
      self = .table(try value.decode([String: JSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .number(let number): try value.encode(number)
    case .flag(let flag): try value.encode(flag)
    case .text(let text): try value.encode(text)
    case .list(let list): try value.encode(list)
    case .table(let table): try value.encode(table)
    case .none: try value.encodeNil()
    }
  }

  subscript(_ key: String) -> JSON? {
    guard case .table(let table) = self else { return nil }
    return table[key]
  }

  subscript(_ index: Int) -> JSON? {
    guard case .list(let list) = self, list.indices.contains(index) else { return nil }
    return list[index]
  }

  var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  var flag: Bool? {
    guard case .flag(let flag) = self else { return nil }
    return flag
  }

  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// Numbers of a list; nil when it is no list or holds anything else.
  var numbers: [Double]? {
    guard case .list(let list) = self else { return nil }
    let numbers = list.compactMap(\.number)
    return numbers.count == list.count ? numbers : nil
  }

  static func numbers(_ values: [Double]) -> JSON { .list(values.map { .number($0) }) }
}

/// Files beside the tests.
enum Fixtures {
  static func url(_ name: String) -> URL {
    Bundle.module.bundleURL.appendingPathComponent("Fixtures").appendingPathComponent(name)
  }

  static func json(_ name: String) throws -> JSON {
    try JSONDecoder().decode(JSON.self, from: Data(contentsOf: url(name)))
  }
}

import Foundation
import Statistics
import Testing

/// One recorded call of the reference with its result.
struct Vector: Sendable, CustomTestStringConvertible {
  let id: Int
  let function: String
  let input: JSON
  let output: JSON
  let note: String

  var testDescription: String { "\(id) \(function) \(note)" }

  static let all: [Vector] = {
    guard case .list(let list)? = try? Fixtures.json("vectors.json")["vectors"] else { return [] }
    return list.compactMap { entry in
      guard let id = entry["id"]?.number, let function = entry["fn"]?.text,
        let input = entry["in"], let output = entry["out"]
      else { return nil }
      return Vector(
        id: Int(id), function: function, input: input, output: output,
        note: entry["note"]?.text ?? "")
    }
  }()
}

@Suite("The recorded vectors of the reference")
struct VectorTests {
  @Test("there are a hundred vectors with different numbers")
  func count() {
    #expect(Vector.all.count == 100)
    #expect(Set(Vector.all.map(\.id)).count == 100)
  }

  @Test("the result is the recorded one", arguments: Vector.all)
  func agrees(_ vector: Vector) throws {
    let results = try Results.of(vector.function, vector.input)
    let expected = try Results.recorded(vector)
    try #require(!expected.isEmpty, "nothing to compare")
    try #require(results.count == expected.count, "\(results) for \(expected)")
    let tolerance = Results.isBisection(vector.function) ? 1e-6 : 1e-9
    for (result, expected) in zip(results, expected) {
      #expect(
        Results.agree(result, expected, relative: tolerance), "\(result) instead of \(expected)")
    }
  }
}

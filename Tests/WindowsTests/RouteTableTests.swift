import Rules
import Testing

@testable import Windows

@Suite("Routes")
struct RouteTableTests {
  private func observation(_ route: String, fails: Bool = false) -> Observation {
    var observation = Observation()
    observation.route = Array(route.utf8)
    observation.hits = [Observation.Hit(measure: 0, amount: 1)]
    if fails { observation.hits.append(Observation.Hit(measure: 1, amount: 1)) }
    return observation
  }

  private func table() -> RouteTable { RouteTable(measures: [true, true], requests: 0) }

  private func routes(_ table: RouteTable) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: table.routes.map {
        (String(decoding: $0.route, as: UTF8.self), $0.baseline[0] + $0.candidate[0])
      })
  }

  @Test("titles behind one path become one route, and busy names behind it stay")
  func titles() {
    var table = table()
    for turn in 0..<500 {
      table.add(
        observation("/blog/title-\(["a", "b", "c"][turn % 3])-\(turn)"), isBaseline: true,
        window: -1)
      table.add(observation("/blog/archive"), isBaseline: true, window: -1)
      table.add(observation("/api/orders"), isBaseline: true, window: -1)
    }
    #expect(routes(table) == ["/blog/{}": 500, "/blog/archive": 500, "/api/orders": 500])
  }

  @Test(
    "of the windows before the release the newest are kept, however far from it they end, in any order",
    arguments: [1, 60_000, 1_000_000], [true, false])
  func oldWindows(distance: Int, isBackwards: Bool) {
    let kept = -RouteTable.firstWindow
    let all = Array(-distance - 2 * kept..<(-distance))
    var (table, part) = (table(), table())
    for (turn, window) in (isBackwards ? all.reversed() : all).enumerated() {
      // The first half is counted elsewhere and merged, as the pieces of a file are.
      if turn < kept {
        part.add(observation("/orders"), isBaseline: true, window: window)
      } else {
        table.add(observation("/orders"), isBaseline: true, window: window)
      }
    }
    if isBackwards {
      table.merge(part)
    } else {
      part.merge(table)
      table = part
    }
    #expect(routes(table) == ["/orders": Double(all.count)])
    for window in [all.count - 1, all.count - kept + 1, all.count / 2 + 7].map({ all[$0] }) {
      #expect(table.window(at: window, row: 0).measures[0] == 1, "\(window)")
    }
  }

  @Test("a route's counts are kept window by window through a merge of routes")
  func windows() throws {
    var table = table()
    for turn in 0..<200 {
      table.add(
        observation("/u/name\(turn)x", fails: turn % 2 == 0), isBaseline: false, window: turn % 4)
    }
    let row = try #require(table.rows.firstIndex { $0.route == Array("/u/{}".utf8) })
    for index in 0..<4 {
      let window = table.window(at: index, row: row)
      #expect(window.amount(0) == 50)
      #expect(window.amount(1) == (index % 2 == 0 ? 50 : 0))
    }
  }

  @Test("tables of parts add up to the table of the whole", arguments: [1, 7, 50, 333])
  func parts(size: Int) {
    let paths = (0..<1_000).map { turn in
      turn % 3 == 0 ? "/blog/a-title-\(turn)/comments" : turn % 3 == 1 ? "/orders/{}" : "/health"
    }
    var merged = table()
    for start in stride(from: 0, to: paths.count, by: size) {
      var part = table()
      for turn in start..<min(paths.count, start + size) {
        part.add(observation(paths[turn]), isBaseline: turn < 500, window: turn < 500 ? -1 : 1)
      }
      merged.merge(part)
    }
    #expect(routes(merged) == ["/blog/{}/comments": 334, "/orders/{}": 333, "/health": 333])
    let sum = merged.rows.indices.filter { merged.parents[$0] == $0 }
      .map { merged.window(at: 1, row: $0).amount(0) }.reduce(0, +)
    #expect(sum == 500)
  }

  @Test("routes behind the bound are counted together")
  func bound() {
    var table = table()
    for turn in 0..<3_000 {
      table.add(
        observation("/\(turn / 50)a/\(turn % 50)b/c"), isBaseline: true, window: -1)
    }
    let counted = routes(table).values.reduce(0, +) + (table.other?.baseline[0] ?? 0)
    #expect(counted == 3_000)
    #expect(table.rows.count <= 2_000)
  }

  @Test("a route that is judged keeps its row, whatever a scanner asks for")
  func judged() throws {
    var table = table()
    for _ in 0..<5 { table.add(observation("/export"), isBaseline: true, window: -1) }
    let row = try #require(table.rows.firstIndex { $0.route == Array("/export".utf8) })
    table.keepApart([row])
    for turn in 0..<200 {
      table.add(observation("/x\(turn)probe", fails: true), isBaseline: false, window: 1)
    }
    table.add(observation("/export"), isBaseline: false, window: 1)
    #expect(table.rows[row].route == Array("/export".utf8))
    #expect(table.window(at: 1, row: row).amount(0) == 1)
    #expect(table.window(at: 1, row: row).amount(1) == 0)
    #expect(routes(table) == ["/export": 6, "/{}": 200])
  }
}

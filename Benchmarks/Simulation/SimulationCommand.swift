import ArgumentParser
import Foundation

@main
struct SimulationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Simulation",
    abstract: "Simulates services whose truth is known and lets the judge of Tidemark watch them.")

  @Option(help: "Only scenarios whose name begins so, such as no-change or no-change/nb5.")
  var scenario: [String] = []

  @Option(help: "Watches of each scenario instead of its own number.")
  var watches: Int?

  @Option(help: "Part of the watches of each scenario, such as 0.1 for a quick look.")
  var part = 1.0

  @Option(help: "Seed of all random numbers.")
  var seed: UInt64 = 2026

  @Option(help: "Threads; the results do not depend on them.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "File of finished figures: what is in it is not simulated again.")
  var results = ".build/simulation.tsv"

  @Option(help: "Write the tables into this Markdown file, between its marks.")
  var report: String?

  @Option(help: "The judge's alpha; figures of another one than 0.01 are shown and not kept.")
  var alpha = 0.01

  @Flag(help: "Simulate nothing; write the report of what is finished.")
  var reportOnly = false

  @Flag(help: "List the scenarios.")
  var list = false

  func run() async throws {
    let everything = scenario.isEmpty ? Scenario.all : Scenario.all + Scenario.trials
    let names = Set(everything.map(\.name))
    let chosen = everything.filter { one in
      // A whole name means that scenario alone: "no-change/ar 1" is not "no-change/ar 10" too.
      scenario.isEmpty
        || scenario.contains { names.contains($0) ? one.name == $0 : one.name.hasPrefix($0) }
    }
    guard !list else {
      for one in chosen { print("\(one.watches)\t\(one.name)") }
      return
    }
    guard !chosen.isEmpty else { throw ValidationError("no scenario has such a name: --list") }
    guard threads > 0, part > 0, (watches ?? 1) > 0, alpha > 0, alpha < 0.8 else {
      throw ValidationError("watches, threads and part are positive, alpha is from 0 to 0.8")
    }
    var file = ResultFile(path: results)
    let workers = Workers(threads: threads)
    for one in reportOnly ? [] : chosen {
      let count = watches ?? max(1, Int((part * Double(one.watches)).rounded()))
      let isKept = alpha == 0.01
      guard !isKept || !file.has(one, seed: seed, watches: count) else { continue }
      let clock = ContinuousClock()
      let begin = clock.now
      let figures = await one.figures(
        Scenario.Run(seed: seed, watches: count, workers: workers, alpha: alpha))
      let rows = figures.map {
        ResultRow(
          table: one.table, cell: one.cell, measure: $0.measure, value: $0.value,
          trials: $0.trials, seed: seed, watches: count)
      }
      if isKept { try file.add(rows) }
      let seconds = Int((clock.now - begin).components.seconds)
      let said = rows.prefix(2).map { "\($0.measure) \(Report.number($0.value)) of \($0.trials)" }
      print("\(one.name): \(said.joined(separator: ", ")); \(seconds) s")
      fflush(nil)
    }
    if let report { try Report(file.rows).write(into: report) }
  }
}

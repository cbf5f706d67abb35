import Foundation
import Rules
import Testing

@Suite("Built-in packs")
struct BuiltInPackTests {
  private static func ruleFiles(file: String = #filePath) throws -> [URL] {
    let rules = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("rules")
    return try FileManager.default.contentsOfDirectory(at: rules, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" }
  }

  @Test("every file of rules/ is embedded under its name")
  func embedded() throws {
    let names = try Self.ruleFiles().map { $0.deletingPathExtension().lastPathComponent }
    #expect(Set(names) == Set(RuleSet.builtInPackNames))
  }

  @Test("an embedded pack has the rules of its file", arguments: RuleSet.builtInPackNames)
  func current(name: String) throws {
    let file = try #require(
      try Self.ruleFiles().first { $0.deletingPathExtension().lastPathComponent == name })
    let packs = RuleSet.builtInPackNames.filter { $0 != name }
    let embedded = try RuleSet.load(paths: packs + [name])
    let read = try RuleSet.load(paths: packs + [file.path])
    #expect(embedded.rules.map(\.id) == read.rules.map(\.id))
    #expect(embedded.signals.map(\.id) == read.signals.map(\.id))
  }

  @Test("all packs load together, and every rule's samples and misses are as they say")
  func samples() throws {
    let rules: RuleSet
    do throws(RuleLoadError) {
      rules = try RuleSet.load(paths: RuleSet.builtInPackNames)
    } catch {
      Issue.record("\(error)")
      return
    }
    #expect(RuleSet.builtIn().rules.count == rules.rules.count)
    #expect(rules.requestMeasure != nil)
    #expect(rules.errorMeasure != nil)
    let findings = PackCheck.findings(in: rules)
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }
}

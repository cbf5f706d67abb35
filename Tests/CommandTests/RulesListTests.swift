import Foundation
import Testing

@Suite("tidemark rules list and show")
struct RulesListTests {
  let scratch = Scratch()

  static let shop = #"""
    pack: shop
    rules:
      - id: shop.declined
        about: A card was declined
        class: dependency
        match: 'payment (?<provider>\w+) declined after (?<duration>[\d.]+ ?ms)'
        where: severity >= warning
        captures: { duration: { unit: milliseconds } }
        signature: [provider]
        hint: Ask the provider.
        samples:
          - line: '2026-11-22 15:54:19,263 ERROR [shop.pay] payment acme declined after 31.5 ms'
            captures: { provider: acme, duration: 0.0315 }
        misses: ['payment acme accepted']
      - { id: shop.odd, match: x, samples: [x] }
    signals:
      - { id: shop.wait, kind: latency, value: shop.declined duration }
    """#

  @Test("list has one rule a line and no header, fields between tabs")
  func list() throws {
    let path = try scratch.write("shop.yaml", Self.shop)
    for arguments in [[path], ["--rules", path]] {
      let run = try Tool.run(["rules", "list"] + arguments)
      #expect(run.status == 0 && run.errors == "")
      #expect(
        run.output == "shop.declined\tshop\tdependency\terror\tA card was declined\n"
          + "shop.odd\tshop\t-\tinfo\t-\n")
    }
    let json = try Tool.run(["rules", "list", path, "--format", "json"])
    #expect(json.objects.count == 2)
    #expect(json.objects[0]["id"] as? String == "shop.declined")
    #expect(json.objects[0]["line"] as? Int == 3)
    #expect(json.objects[1]["class"] is NSNull)
  }

  @Test("list shows every built-in pack, or those that are named")
  func builtIn() throws {
    let all = try Tool.run(["rules", "list"]).output.split(separator: "\n")
    #expect(all.count > 200)
    #expect(all.allSatisfy { $0.split(separator: "\t").count >= 5 })
    let nginx = try Tool.run(["rules", "list", "nginx"]).output.split(separator: "\n")
    #expect(!nginx.isEmpty && nginx.allSatisfy { $0.hasPrefix("nginx.") })
    #expect(all.filter { $0.hasPrefix("nginx.") } == nginx)
  }

  @Test("show has all of a rule")
  func show() throws {
    let path = try scratch.write("shop.yaml", Self.shop)
    let run = try Tool.run(["rules", "show", "--rules", path, "shop.declined"])
    #expect(run.status == 0 && run.errors == "")
    #expect(
      run.output
        == #"""
        shop.declined
          A card was declined

          pack         shop, FILE:3
          class        dependency
          severity     error, gates
          where        severity >= warning
          match        payment (?<provider>\w+) declined after (?<duration>[\d.]+ ?ms)
          captures     provider: word, duration: milliseconds
          signature    provider
          hint         Ask the provider.
          counts in    shop.wait (latency: shop.declined duration)
                       shop.declined (ratio: shop.declined per request, per second where there are none)
          sample       2026-11-22 15:54:19,263 ERROR [shop.pay] payment acme declined after 31.5 ms
                         provider = acme
                         duration = 0.0315
          miss         payment acme accepted

        """#.replacingOccurrences(of: "FILE", with: path))
    let json = try Tool.run([
      "rules", "show", "--rules", path, "shop.odd", "shop.declined", "--format", "json",
    ])
    #expect(json.objects.map { $0["id"] as? String } == ["shop.odd", "shop.declined"])
    let rule = try #require(json.objects.last)
    #expect(rule["signals"] as? [String] == ["shop.wait", "shop.declined"])
    #expect(
      rule["captures"] as? [String: String] == ["provider": "word", "duration": "milliseconds"])
    #expect((rule["samples"] as? [[String: Any]])?.count == 1)
    #expect(rule["misses"] as? [String] == ["payment acme accepted"])
  }

  @Test("an id that is no rule's is a mistake with the nearest one; nothing is shown")
  func unknown() throws {
    let run = try Tool.run(["rules", "show", "nginx.upstream-timeout", "nginx.upstream-timout"])
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.contains("\"nginx.upstream-timout\""))
    #expect(run.errors.contains("did you mean \"nginx.upstream-timeout\"?"))
    let signal = try Tool.run(["rules", "show", "http.5xx"])
    #expect(signal.status == 2)
    #expect(signal.errors.contains("is a signal") && signal.errors.contains("status >= 500"))
    #expect(try Tool.run(["rules", "show", "zzzzzzzzz"]).errors.contains("tidemark rules list"))
  }

  @Test("every built-in rule can be shown", arguments: ["text", "json"])
  func showAll(format: String) throws {
    let ids = try Tool.run(["rules", "list"]).output.split(separator: "\n")
      .map { String($0.prefix { $0 != "\t" }) }
    let run = try Tool.run(["rules", "show", "--format", format] + ids)
    #expect(run.status == 0)
    if format == "json" { #expect(run.objects.map { $0["id"] as? String } == ids) }
  }

  @Test("wrong calls name what was expected")
  func mistakes() throws {
    for (arguments, words) in [
      (["lsit"], ["lsit", "list", "check, test"]), (["list", "ngnix"], ["ngnix", "nginx"]),
      (["show"], ["<id>"]), (["list", "--format", "xml"], ["--format", "json"]),
    ] {
      let run = try Tool.run(["rules"] + arguments)
      #expect(run.status == 2 && run.output == "", "\(arguments)")
      for word in words { #expect(run.errors.contains(word), "\(word) in \(run.errors)") }
    }
  }

  @Test(
    "every subcommand has a help with examples",
    arguments: ["list", "show", "check", "test", "explain", "new"])
  func help(name: String) throws {
    let run = try Tool.run(["rules", name, "--help"])
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output.contains("Examples:") && run.output.contains("  tidemark rules \(name)"))
  }
}

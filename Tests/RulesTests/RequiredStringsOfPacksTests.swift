import Rules
import Testing

@Suite("Required strings of the built-in packs")
struct RequiredStringsOfPacksTests {
  @Test("every pattern of the packs requires strings of five bytes or more")
  func packs() {
    let patterns = RuleSet.builtIn().rules.compactMap(\.pattern?.text)
    #expect(patterns.count > 200)
    for pattern in patterns {
      let usable = RequiredStrings.find(in: pattern).filter { requirement in
        requirement.allSatisfy { $0.classes.count >= 5 }
      }
      #expect(!usable.isEmpty, "\(pattern)")
    }
  }
}

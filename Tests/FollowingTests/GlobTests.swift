import Following
import Testing

@Suite("A glob")
struct GlobTests {
  @Test(
    "matches names",
    arguments: [
      ("*.log", "app.log", true), ("*.log", "app.log.1", false), ("*.log*", "app.log.1", true),
      ("*", "a", true), ("*", ".hidden", false), (".*", ".hidden", true), ("?", "ab", false),
      ("a?c", "abc", true), ("[ab]c", "bc", true), ("[!ab]c", "bc", false), ("[^a]c", "bc", true),
      ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[]a]x", "]x", true), ("[a-]x", "-x", true),
      ("[ab", "[ab", true), ("a\\*b", "a*b", true), ("a\\*b", "axb", false), ("", "", true),
      ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("**", "x", true),
      ("[z-a]", "m", false),
    ])
  func names(pattern: String, name: String, expected: Bool) {
    #expect(Glob.matches(Array(name.utf8), Array(pattern.utf8)) == expected)
  }

  @Test("with many stars ends soon")
  func manyStars() {
    let pattern = Array(String(repeating: "a*", count: 60).utf8) + [0x62]
    #expect(!Glob.matches([UInt8](repeating: 0x61, count: 2000), pattern))
  }

  @Test("finds files in folders, at any depth, without hidden ones and without looping")
  func paths() {
    let folder = TemporaryFolder()
    for name in ["a", "a/b", "a/b/c", "z", ".h"] { folder.folder(name) }
    for name in ["x.log", "a/x.log", "a/b/x.log", "a/b/c/y.log", "z/x.txt", ".h/x.log", "z/.x.log"]
    {
      folder.write(name, "")
    }
    folder.link("a/b/loop", to: folder("a"))
    func found(_ pattern: String) -> [String] {
      Glob(folder(pattern)).paths(limit: 100).map {
        String($0.dropFirst(folder.path.utf8.count + 1))
      }
    }
    #expect(found("*.log") == ["x.log"])
    #expect(found("*/x.*") == ["a/x.log", "z/x.txt"])
    #expect(found("a/?/x.log") == ["a/b/x.log"])
    #expect(found("**/x.log") == ["x.log", "a/x.log", "a/b/x.log"])
    #expect(found("a/**").sorted() == ["a/b/c/y.log", "a/b/x.log", "a/x.log"])
    #expect(found("*/b/c/y.log") == ["a/b/c/y.log"])
    #expect(found("nothing*") == [])
    #expect(Glob(folder("**")).paths(limit: 2).count == 2)
  }
}

import Rules
import Testing

@Suite("Routes")
struct RouteTemplateTests {
  private func route(_ path: String) -> String {
    let bytes = Array(path.utf8)
    var route: [UInt8] = []
    RouteTemplate.append(bytes.span, 0..<bytes.count, to: &route)
    return String(decoding: route, as: UTF8.self)
  }

  @Test(
    "what names one thing among many becomes {}",
    arguments: [
      ("/", "/"), ("", "/"), ("?a=b", "/"), ("/orders", "/orders"), ("/orders/", "/orders/"),
      ("/orders/123", "/orders/{}"), ("/orders/123/items/9?x=1#y", "/orders/{}/items/{}"),
      ("/orders/-5", "/orders/{}"), ("/t/12.5,59.33", "/t/{}"), ("//a///b", "/a/b"),
      ("/users/3f2504e0-4f89-11d3-9a0c-0305e82c3301/x", "/users/{}/x"),
      ("/users/{}", "/users/{}"), ("/c/deadbeef", "/c/deadbeef"), ("/c/deadbee5", "/c/{}"),
      ("/c/dead5", "/c/dead5"), ("/commit/3F2A9C1B77", "/commit/{}"),
      ("/t/eyJhbGciOiJIUzI1NiJ9", "/t/{}"), ("/t/eyJhbGciOiJIUzI1Ni", "/t/eyJhbGciOiJIUzI1Ni"),
      ("/t/internationalisation-of-things", "/t/internationalisation-of-things"),
      ("/static/app.3f2a9c1b.js", "/static/app.{}.js"),
      ("/static/index-4f3a2b1c.css", "/static/index-{}.css"),
      ("/static/app.min.js", "/static/app.min.js"), ("/404.html", "/404.html"),
      ("/2026/11/22/notes", "/{}/{}/{}/notes"), ("/day/2026-11-22", "/day/{}"),
      ("/day/2026-11-22T14:03:00Z", "/day/{}"), ("/mail/jo@example.com", "/mail/{}"),
      ("/mail/jo%40example.com", "/mail/{}"), ("/@jo.smith", "/@jo.smith"),
      ("/api/v1/orders", "/api/v1/orders"), ("/app;jsessionid=AB12CD34", "/app"),
      ("http://h:80/orders/7?x", "/orders/{}"), ("https://h", "/"), ("*", "*"),
      ("/ключ/5", "/ключ/{}"), ("/.well-known/x", "/.well-known/x"), ("/a/..", "/a/.."),
    ])
  func table(path: String, expected: String) {
    #expect(route(path) == expected)
  }

  @Test("a route is bounded and cut between characters")
  func bound() {
    let long = route("/" + String(repeating: "é", count: 1_000))
    #expect(long.utf8.count == 255)
    #expect(!long.contains("\u{FFFD}"))
    #expect(route(String(repeating: "/ab", count: 500)).utf8.count == 256)
  }

  @Test("a route is appended to what is there, and bounded apart from it")
  func appends() {
    let bytes = Array("/orders/7".utf8)
    var route = Array("GET ".utf8)
    RouteTemplate.append(bytes.span, 0..<bytes.count, to: &route)
    #expect(String(decoding: route, as: UTF8.self) == "GET /orders/{}")
  }

  @Test("ranges beyond the text and any bytes give a bounded route")
  func hostile() {
    var random = SeededRandom(seed: 3)
    let alphabet = Array("/?#.;-@%40af059Z{}".utf8) + [0, 0x80, 0xC3, 0xFF]
    for _ in 0..<5_000 {
      let count = Int.random(in: 0..<400, using: &random)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      var route: [UInt8] = []
      let start = Int.random(in: 0...500, using: &random)
      RouteTemplate.append(bytes.span, start..<(start + 300), to: &route)
      #expect(route.count <= 256 && !route.isEmpty)
    }
  }
}

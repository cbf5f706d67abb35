import Foundation
import Glibc
import Testing

@testable import Serving

@Suite("Server of metrics and health")
struct StatusServerTests {
  private func ask(_ text: String) throws -> String {
    let server = try StatusServer(address: "127.0.0.1:0") { request in
      request.path == "/metrics"
        ? .init(status: 200, body: "accept \(request.accept)\n") : .init(status: 404, body: "no\n")
    }
    Thread.detachNewThread { server.run() }
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = server.port.bigEndian
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    // SAFETY: the address and the text live for the calls and are as long as they are told.
    unsafe withUnsafePointer(to: &place) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    _ = unsafe send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    shutdown(client, Int32(SHUT_WR))
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe recv(client, $0.baseAddress, 4_096, 0)
      }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("a scraper is answered, whatever stands behind a question mark")
  func answers() throws {
    let answer = try ask("GET /metrics?x=1 HTTP/1.1\r\nHost: a\r\nAccept: b\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.hasSuffix("\r\n\r\naccept  b\n"))
    #expect(try ask("GET /x HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 404 "))
    #expect(try ask("HEAD /metrics HTTP/1.1\r\n\r\n").hasSuffix("\r\n\r\n"))
  }

  @Test("what is no request is refused or ignored")
  func hostile() throws {
    #expect(try ask("POST /metrics HTTP/1.1\r\n\r\n").hasPrefix("HTTP/1.1 405 "))
    #expect(try ask("nonsense\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
    #expect(try ask(String(repeating: "x", count: 100_000)).isEmpty)
    #expect(try ask("\u{0}\u{1}").isEmpty)
  }

  @Test(
    "an address that is none is refused with an example",
    arguments: [
      "9900", "127.0.0.1:", "127.0.0.1:x", "example.org:80", "127.0.0.1:99999999",
    ])
  func addresses(address: String) {
    let problem = #expect(throws: StatusServer.Problem.self) {
      try StatusServer(address: address) { _ in .init(status: 200, body: "") }
    }
    #expect(problem?.description.contains("127.0.0.1:9900") == true)
  }
}

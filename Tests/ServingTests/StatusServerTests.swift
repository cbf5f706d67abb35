import Foundation
import Glibc
import Testing

@testable import Serving

@Suite("Server of metrics and health")
struct StatusServerTests {
  private static let longBody = (0..<500).map { "tidemark_lines_total \($0)\n" }.joined()

  private func ask(_ text: String) throws -> String {
    String(decoding: try askForBytes(text), as: UTF8.self)
  }

  private func askForBytes(_ text: String) throws -> [UInt8] {
    let server = try StatusServer(address: "127.0.0.1:0") { request in
      switch request.path {
      case "/metrics": .init(status: 200, body: "accept \(request.accept)\n")
      case "/long": .init(status: 200, body: Self.longBody)
      default: .init(status: 404, body: "no\n")
      }
    }
    Thread.detachNewThread { server.run() }
    let client = Self.connect(to: server.port)
    defer { close(client) }
    // SAFETY: the text lives for the call and is as long as it is told.
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
    return bytes
  }

  @Test("a scraper is answered, whatever stands behind a question mark")
  func answers() throws {
    let answer = try ask("GET /metrics?x=1 HTTP/1.1\r\nHost: a\r\nAccept: b\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.hasSuffix("\r\n\r\naccept  b\n"))
    #expect(try ask("GET /x HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 404 "))
    #expect(try ask("HEAD /metrics HTTP/1.1\r\n\r\n").hasSuffix("\r\n\r\n"))
  }

  @Test("a long answer is packed for whoever asks for gzip")
  func gzip() throws {
    let packed = try askForBytes("GET /long HTTP/1.1\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n")
    let end = try #require(packed.firstRange(of: Array("\r\n\r\n".utf8)))
    #expect(
      String(decoding: packed[..<end.lowerBound], as: UTF8.self).contains("Content-Encoding: gzip"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec gzip -dc"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: packed[end.upperBound...])
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text == Self.longBody)
    for plain in ["", "Accept-Encoding: gzip;q=0\r\n", "Accept-Encoding: br\r\n"] {
      #expect(try ask("GET /long HTTP/1.1\r\n\(plain)\r\n").hasSuffix(Self.longBody))
    }
    #expect(
      try ask("GET /metrics HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n").hasSuffix("accept \n"))
  }

  @Test("clients that connect and say nothing do not keep a scraper waiting")
  func idle() throws {
    let server = try StatusServer(address: "127.0.0.1:0") { _ in .init(status: 200, body: "well\n")
    }
    Thread.detachNewThread { server.run() }
    let idle = (0..<60).map { _ in Self.connect(to: server.port) }
    defer { for client in idle { close(client) } }
    let client = Self.connect(to: server.port)
    defer { close(client) }
    // SAFETY: the text lives for the call and is as long as it is told.
    _ = unsafe send(client, "GET /healthz HTTP/1.1\r\n\r\n", 25, Int32(MSG_NOSIGNAL))
    var waiting = pollfd(fd: client, events: Int16(POLLIN), revents: 0)
    // One after the other the idle ones would have it wait for a minute.
    // SAFETY: there is the one that is told.
    let answered = unsafe poll(&waiting, 1, 40_000)
    #expect(answered == 1)
  }

  private static func connect(to port: UInt16) -> Int32 {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    // SAFETY: the address lives for the call and is as long as it is told.
    unsafe withUnsafePointer(to: &place) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return client
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

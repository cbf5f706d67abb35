import Foundation
import Glibc
import Synchronization

/// An HTTP server on the loopback that answers each connection as its script says.
final class ScriptedServer: Sendable {
  enum Answer: Sendable {
    case text(String)
    /// Ends the connection without a word.
    case reset
    /// Sends the head and then nothing until the client gives up.
    case stall
  }

  private let script: Mutex<[Answer]>
  private let seen = Mutex<[String]>([])
  private let listener: Int32
  let port: UInt16

  var requests: [String] { seen.withLock { $0 } }
  var address: String { "http://127.0.0.1:\(port)" }

  /// The last answer is given again and again.
  init(_ answers: [Answer]) {
    script = Mutex(answers)
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    // SAFETY: the address lives for both calls and is as long as they are told.
    unsafe withUnsafeMutablePointer(to: &place) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = unsafe bind(listener, address, size)
        _ = unsafe getsockname(listener, address, &size)
      }
    }
    self.listener = listener
    port = UInt16(bigEndian: place.sin_port)
    listen(listener, 16)
    Thread.detachNewThread { [self] in serve() }
  }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      let answer = script.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
      if case .reset = answer {
        close(client)
        continue
      }
      let request = read(client)
      seen.withLock { $0.append(request) }
      switch answer {
      case .text(let text): send(text, to: client)
      case .stall:
        send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", to: client)
        _ = read(client)
      case .reset: break
      }
      close(client)
    }
  }

  /// A head, and a body as long as it says.
  private func read(_ client: Int32) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      // SAFETY: the buffer is as long as the call is told.
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe recv(client, $0.baseAddress, 65_536, 0)
      }
      guard count > 0 else { break }
      bytes += chunk[..<count]
      let text = String(decoding: bytes, as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let length =
        text[..<end.lowerBound].split(separator: "\r\n")
        .first { $0.lowercased().hasPrefix("content-length:") }
        .flatMap { Int($0.split(separator: " ")[1]) } ?? 0
      if text[end.upperBound...].utf8.count >= length { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func send(_ text: String, to client: Int32) {
    // SAFETY: the text lives for the call.
    _ = unsafe Glibc.send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
  }
}

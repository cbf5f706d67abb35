import Dispatch
import Foundation
import Glibc

/// A small HTTP server for scrapers and health checks: GET, one request a connection, nothing else.
///
/// Each client has a thread for the two seconds that it may take at most; so many at a time that clients
/// which hang do not keep others waiting for long.
package final class StatusServer: Sendable {
  package struct Request: Sendable {
    /// Without what follows a question mark.
    package let path: String
    package let accept: String
  }

  package struct Response: Sendable {
    package var status: Int
    package var contentType: String
    package var body: String

    package init(status: Int, contentType: String = "text/plain; charset=utf-8", body: String) {
      self.status = status
      self.contentType = contentType
      self.body = body
    }
  }

  /// Why it cannot listen.
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  private let listener: Int32
  /// The port that it got, where 0 was asked for.
  package let port: UInt16
  let answer: @Sendable (Request) -> Response

  /// Listens on `address`, a number such as `127.0.0.1:9900` or `[::1]:9900`. Throws `Problem`.
  package init(
    address: String, answer: @escaping @Sendable (Request) -> Response
  ) throws(Problem) {
    (listener, port) = try Self.listen(address)
    self.answer = answer
  }

  deinit { close(listener) }

  private static let clientsAtATime = 64

  /// Answers for ever; to be called on a thread of its own.
  package func run() {
    let room = DispatchSemaphore(value: Self.clientsAtATime)
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else {
        if errno == EINTR || errno == ECONNABORTED { continue }
        // Out of descriptors: others will be closed.
        _ = poll(nil, 0, 100)
        continue
      }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      room.wait()
      Thread.detachNewThread { [self] in
        serve(client)
        close(client)
        room.signal()
      }
    }
  }

  private static func listen(_ address: String) throws(Problem) -> (Int32, UInt16) {
    func problem(_ reason: String) -> Problem {
      Problem(
        description:
          "--serve \(address): \(reason); expected ADDRESS:PORT, such as 127.0.0.1:9900 or [::1]:9900"
      )
    }
    guard let colon = address.lastIndex(of: ":"),
      UInt16(address[address.index(after: colon)...]) != nil
    else { throw problem("there is no port of 0 to 65535") }
    var host = String(address[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    // SAFETY: the list is freed below, and what it points to is used only before.
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(
      host.isEmpty ? nil : host, String(address[address.index(after: colon)...]), &hints, &list)
    guard code == 0, let found = unsafe list?.pointee else {
      throw problem("it is no address and port")
    }
    defer { unsafe freeaddrinfo(list) }
    let number = socket(
      unsafe found.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw problem(text(errno)) }
    var on: Int32 = 1
    // SAFETY: the option is an Int32 and lives for the call.
    _ = unsafe setsockopt(
      number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    guard unsafe bind(number, found.ai_addr, found.ai_addrlen) == 0,
      Glibc.listen(number, 64) == 0
    else {
      let reason = text(errno)
      close(number)
      throw problem(reason)
    }
    return (number, boundPort(number))
  }

  private static func boundPort(_ number: Int32) -> UInt16 {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    // SAFETY: the storage holds every kind of address; the port stands at the same place in both.
    return unsafe withUnsafeMutableBytes(of: &storage) { bytes in
      guard let base = bytes.baseAddress,
        unsafe getsockname(number, base.assumingMemoryBound(to: sockaddr.self), &size) == 0
      else { return 0 }
      return unsafe UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
  }

  private static func text(_ code: Int32) -> String {
    // SAFETY: strerror returns a string that lives at least until the next call of this thread.
    unsafe String(cString: strerror(code))
  }
}

import Bytes

/// Standard input, a FIFO or a device: read in order until its writers have gone.
final class FollowedStream {
  private let name: String
  private let input: Int
  private var file: FollowedFile?
  private var trouble: ReadError?
  private(set) var hasEnded = false

  init(path: String, kind: InputKind, input: Int, options: FollowOptions) {
    name = kind == .standardInput ? InputFile.standardInputName : path
    self.input = input
    do throws(Errno) {
      let descriptor =
        kind == .standardInput
        ? try FileDescriptor(duplicating: 0) : try FileDescriptor(reading: path)
      let identity = try descriptor.status().identity
      file = FollowedFile(
        ByteSource(SystemFile(descriptor), kind: .fifo, name: name), identity: identity,
        lineBytes: options.lineBytes)
    } catch {
      trouble = .unreadable(file: name, error)
      hasEnded = true
    }
  }

  /// The number to wait on; nil once it has ended.
  var descriptorNumber: Int32? { file?.descriptorNumber }
  var hasPartialLine: Bool { file?.hasPartialLine ?? false }

  /// Reads what is there now; returns whether more is left.
  func visit(
    _ round: inout FollowedPath.Round, _ body: (Int, Span<UInt8>, LinePosition) -> Void
  ) -> Bool {
    if let error = trouble {
      trouble = nil
      round.context.counts.unreadableFiles += 1
      round.changes.append(.unreadable(file: name, error))
    }
    guard let file else { return false }
    do throws(ReadError) {
      let state = try file.read(&round.context) { line, position in body(input, line, position) }
      guard state == .end else { return state == .bytes }
    } catch {
      trouble = nil
      round.context.counts.unreadableFiles += 1
      round.changes.append(.unreadable(file: name, error))
    }
    finish(&round, body)
    round.changes.append(.ended(file: name))
    return false
  }

  /// Takes the stream as ended: hands on its begun line and closes it.
  func finish(
    _ round: inout FollowedPath.Round, _ body: (Int, Span<UInt8>, LinePosition) -> Void
  ) {
    file?.finish(&round.context) { line, position in body(input, line, position) }
    file = nil
    hasEnded = true
  }
}

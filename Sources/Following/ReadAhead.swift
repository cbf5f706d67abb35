import Bytes
import Dispatch
import Synchronization

/// Chunks that one thread fills while another one uses those before: inflating costs more than
/// matching, and both together need no longer than the slower of the two.
///
/// Unchecked because of the chunks: a semaphore hands each of them from one thread to the other.
final class ReadAhead: @unchecked Sendable {
  /// What the reading thread has to say of one chunk.
  private struct Slot: ~Copyable {
    var chunk: ByteChunk
    var result = Result<SourceState, ReadError>.success(.end)
  }

  private final class SlotBox {
    var slot: Slot
    init(chunkBytes: Int) { slot = Slot(chunk: ByteChunk(capacity: chunkBytes)) }
  }

  private let slots: [SlotBox]
  private let free = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)
  private let ended = DispatchSemaphore(value: 0)
  /// What was wrong with the file; of use once the end has come.
  private(set) var anomalies: [SourceAnomaly] = []

  /// Begins to read a regular file.
  init(_ file: InputFile, limits: ReadLimits) {
    slots = (0..<Limits.chunksAhead).map { _ in
      SlotBox(chunkBytes: max(limits.chunkBytes, Compression.decisiveBytes))
    }
    // A semaphore that ends lower than it began is a programmer's error to Dispatch.
    for _ in slots { free.signal() }
    // A queue of its own gets a thread even when all of the shared ones wait for such a reader.
    DispatchQueue(label: "tidemark.read-ahead").async { self.fill(file) }
  }

  /// Hands on every chunk, the last one too, until the end or until `body` returns false.
  ///
  /// - Throws: when the file cannot be opened, read or unpacked; what came before was handed on.
  func handOn(_ body: (Span<UInt8>) -> Bool) throws(ReadError) {
    defer { stop() }
    var turn = 0
    while true {
      filled.wait()
      let box = slots[turn % slots.count]
      let isWanted = body(box.slot.chunk.bytes)
      guard try box.slot.result.get() == .bytes, isWanted else { return }
      free.signal()
      turn += 1
    }
  }

  /// Waits for the reading thread to end.
  private func stop() {
    isStopped.store(true, ordering: .releasing)
    for _ in slots { free.signal() }
    ended.wait()
  }

  private func fill(_ file: InputFile) {
    defer { ended.signal() }
    do throws(ReadError) {
      var source = ByteSource(
        SystemFile(try openRenamed(file)), kind: .regular, name: file.name)
      var turn = 0
      while true {
        free.wait()
        guard !isStopped.load(ordering: .acquiring) else { return }
        let box = slots[turn % slots.count]
        var state = SourceState.end
        do throws(ReadError) {
          state = try source.read(into: &box.slot.chunk)
          if state == .changed { throw .vanished(file: file.name) }
          if state != .bytes {
            source.finish(into: &box.slot.chunk)
            anomalies = source.takeAnomalies()
          }
          box.slot.result = .success(state)
        } catch {
          // What came before the failure in this chunk is not handed on by one thread either.
          box.slot.chunk.clear()
          box.slot.result = .failure(error)
        }
        filled.signal()
        guard case .success(.bytes) = box.slot.result else { return }
        turn += 1
      }
    } catch {
      free.wait()
      slots[0].slot.chunk.clear()
      slots[0].slot.result = .failure(error)
      filled.signal()
    }
  }
}

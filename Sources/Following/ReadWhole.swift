import Bytes

/// What reading asks of its caller.
package struct ReadLimits: Hashable, Sendable {
  /// Longest line handed on whole, in bytes.
  package var lineBytes: Int
  /// Decompressed bytes read at a time.
  package var chunkBytes: Int

  package init(lineBytes: Int = Limits.lineBytes, chunkBytes: Int = Limits.chunkBytes) {
    self.lineBytes = lineBytes
    self.chunkBytes = chunkBytes
  }
}

extension FileDescriptor {
  /// Opens an input, whatever its kind. Throws `.vanished` if another file has its name now.
  static func opening(_ file: InputFile) throws(ReadError) -> FileDescriptor {
    do throws(Errno) {
      if file.kind == .standardInput { return try FileDescriptor(duplicating: 0) }
      let descriptor = try FileDescriptor(reading: file.path)
      if file.kind == .regular, try descriptor.status().identity != file.identity {
        throw .notFound
      }
      return descriptor
    } catch .notFound {
      throw .vanished(file: file.name)
    } catch {
      throw .unreadable(file: file.name, error)
    }
  }
}

/// Reads a file from its first byte to its end and hands on every line; an unterminated last line
/// too. A pipe is waited for until its writers have gone.
///
/// What was skipped goes into `counts`, what the user should know into `notices`. Throws when the
/// file cannot be opened or unpacked, and when a read fails half way; the lines before that were
/// handed on. `isStopped` is asked between chunks. A file that was renamed since it was found is
/// found again in its folder.
///
/// Returns the decompressed bytes read.
@discardableResult
package func readWhole(
  file: InputFile, limits: ReadLimits = ReadLimits(), counts: inout SkipCounts,
  notices: inout [ReadNotice], isStopped: () -> Bool = { false },
  body: (Span<UInt8>, LinePosition) -> Void
) throws(ReadError) -> Int64 {
  let before = counts
  let bytes = try readLines(
    piece: InputPiece(file: file, range: nil), limits: limits, counts: &counts, notices: &notices,
    isStopped: isStopped, body: body)
  notices.addSkips(of: file.name, from: before, to: counts, lineBytesLimit: limits.lineBytes)
  return bytes
}

/// Reads a file, a stream or a part of a file like `readWhole`. The lines of a part are numbered from
/// 1, their offsets are those in the file.
///
/// With `isAhead` a second thread reads and inflates. What lines were cut or lost is only counted:
/// whoever reads a file in pieces says it once of all of them.
@discardableResult
package func readLines(
  piece: InputPiece, limits: ReadLimits = ReadLimits(), isAhead: Bool = false,
  counts: inout SkipCounts, notices: inout [ReadNotice], isStopped: () -> Bool = { false },
  body: (Span<UInt8>, LinePosition) -> Void
) throws(ReadError) -> Int64 {
  try readPiece(
    piece, limits: limits, isAhead: isAhead, counts: &counts, notices: &notices,
    isStopped: isStopped,
    feed: { splitter, chunk, counts in splitter.feed(chunk, counts: &counts, body) },
    finish: { splitter, isCut, counts in splitter.finish(isCut: isCut, counts: &counts, body) })
}

/// Reads like `readLines`, but hands the lines on in blocks: whole lines, each with its LF, and their
/// number. An unterminated last line gets an LF.
@discardableResult
package func readBlocks(
  piece: InputPiece, limits: ReadLimits = ReadLimits(), isAhead: Bool = false,
  counts: inout SkipCounts, notices: inout [ReadNotice], isStopped: () -> Bool = { false },
  body: (Span<UInt8>, Int) -> Void
) throws(ReadError) -> Int64 {
  try readPiece(
    piece, limits: limits, isAhead: isAhead, counts: &counts, notices: &notices,
    isStopped: isStopped,
    feed: { splitter, chunk, counts in splitter.feedBlocks(chunk, counts: &counts, body) },
    finish: { splitter, isCut, counts in
      splitter.finishBlocks(isCut: isCut, counts: &counts, body)
    })
}

private typealias Feed = (inout LineSplitter, Span<UInt8>, inout SkipCounts) -> Void
private typealias Finish = (inout LineSplitter, Bool, inout SkipCounts) -> Void

private func readPiece(
  _ piece: InputPiece, limits: ReadLimits, isAhead: Bool, counts: inout SkipCounts,
  notices: inout [ReadNotice], isStopped: () -> Bool, feed: Feed, finish: Finish
) throws(ReadError) -> Int64 {
  guard isAhead, piece.file.kind == .regular, piece.range == nil else {
    return try readHere(
      file: piece.file, range: piece.range, limits: limits, counts: &counts, notices: &notices,
      isStopped: isStopped, feed: feed, finish: finish)
  }
  var splitter = LineSplitter(lineBytesLimit: limits.lineBytes)
  let ahead = ReadAhead(piece.file, limits: limits)
  try ahead.handOn { chunk in
    feed(&splitter, chunk, &counts)
    return !isStopped()
  }
  notices.add(ahead.anomalies, of: piece.file, &counts)
  finish(&splitter, ahead.anomalies.contains { $0.isCut }, &counts)
  return splitter.offset
}

/// Reads on the calling thread.
private func readHere(
  file: InputFile, range: Range<Int64>?, limits: ReadLimits, counts: inout SkipCounts,
  notices: inout [ReadNotice], isStopped: () -> Bool, feed: Feed, finish: Finish
) throws(ReadError) -> Int64 {
  var source = ByteSource(
    SystemFile(try openRenamed(file)), kind: file.kind == .regular ? .regular : .fifo,
    name: file.name)
  var splitter = LineSplitter(lineBytesLimit: limits.lineBytes)
  var chunk = ByteChunk(capacity: max(limits.chunkBytes, Compression.decisiveBytes))
  var lines = range.map { LineRange($0) }
  if let lines, lines.offset > 0 { source.start(plainAt: lines.offset) }
  reading: while !isStopped() {
    switch try source.read(into: &chunk) {
    case .bytes:
      guard let place = lines?.part(of: chunk.bytes) else {
        feed(&splitter, chunk.bytes, &counts)
        continue
      }
      if splitter.offset == 0, let start = lines?.start, start > 0 {
        splitter = LineSplitter(lineBytesLimit: limits.lineBytes, offset: start)
      }
      feed(&splitter, chunk.bytes.extracting(place.part), &counts)
      if place.isLast { break reading }
    case .waiting: _ = try source.wait(timeout: Limits.stopCheckMilliseconds)
    case .end: break reading
    case .changed: throw .vanished(file: file.name)
    }
  }
  source.finish(into: &chunk)
  if lines == nil || lines?.start != nil { feed(&splitter, chunk.bytes, &counts) }
  let anomalies = source.takeAnomalies()
  notices.add(anomalies, of: file, &counts)
  finish(&splitter, anomalies.contains { $0.isCut }, &counts)
  return splitter.offset - (lines?.start ?? 0)
}

/// Opens a file that may have been rotated a moment ago: what counts is which file it is.
func openRenamed(_ file: InputFile) throws(ReadError) -> FileDescriptor {
  do throws(ReadError) {
    return try FileDescriptor.opening(file)
  } catch .vanished {
    let folder = file.path.folderPath
    for name in (try? DirectoryListing(path: folder))?.names ?? [] {
      let path = folder + "/" + name
      guard (try? FileStatus(path: path))?.identity == file.identity else { continue }
      let renamed = InputFile(
        path: path, name: file.name, input: file.input, kind: file.kind, identity: file.identity,
        isSibling: file.isSibling, size: file.size, modified: file.modified,
        firstTime: file.firstTime)
      return try FileDescriptor.opening(renamed)
    }
    throw .vanished(file: file.name)
  }
}

extension [ReadNotice] {
  /// Counts what was wrong with a file, and says it.
  fileprivate mutating func add(
    _ anomalies: [SourceAnomaly], of file: InputFile, _ counts: inout SkipCounts
  ) {
    for anomaly in anomalies {
      anomaly.count(in: &counts)
      add(anomaly.notice(file: file.name))
    }
  }

  /// Says once what a file's lines made the counts grow by.
  package mutating func addSkips(
    of file: String, from before: SkipCounts, to after: SkipCounts, lineBytesLimit: Int
  ) {
    let truncated = after.truncatedLines - before.truncatedLines
    if truncated > 0 {
      add(
        ReadNotice(
          file: file, kind: .truncatedLine,
          message: "\(truncated) lines are longer than \(lineBytesLimit) bytes; the rest of each "
            + "was skipped; a larger --max-line keeps more"))
    }
    let nulBytes = after.nulBytes - before.nulBytes
    if nulBytes > 0 {
      add(
        ReadNotice(
          file: file, kind: .nulBytes,
          message: "skipped \(nulBytes) NUL bytes at the start of lines; a file that is truncated "
            + "while its writer does not append has them"))
    }
  }
}

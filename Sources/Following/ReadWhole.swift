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
/// handed on. `isStopped` is asked between chunks. A file that was renamed since it was found is found again in its folder.
///
/// Returns the decompressed bytes read.
@discardableResult
package func readWhole(
  file: InputFile, limits: ReadLimits = ReadLimits(), counts: inout SkipCounts,
  notices: inout [ReadNotice], isStopped: () -> Bool = { false },
  body: (Span<UInt8>, LinePosition) -> Void
) throws(ReadError) -> Int64 {
  var source = ByteSource(
    SystemFile(try openRenamed(file)), kind: file.kind == .regular ? .regular : .fifo,
    name: file.name)
  var splitter = LineSplitter(lineBytesLimit: limits.lineBytes)
  var chunk = ByteChunk(capacity: max(limits.chunkBytes, Compression.decisiveBytes))
  let before = counts
  reading: while !isStopped() {
    switch try source.read(into: &chunk) {
    case .bytes: splitter.feed(chunk.bytes, counts: &counts, body)
    case .waiting: _ = try source.wait(timeout: Limits.stopCheckMilliseconds)
    case .end: break reading
    case .changed: throw .vanished(file: file.name)
    }
  }
  source.finish(into: &chunk)
  splitter.feed(chunk.bytes, counts: &counts, body)
  let anomalies = source.takeAnomalies()
  for anomaly in anomalies {
    anomaly.count(in: &counts)
    notices.add(anomaly.notice(file: file.name))
  }
  splitter.finish(isCut: anomalies.contains { $0.isCut }, counts: &counts, body)
  notices.addSkips(of: file.name, from: before, to: counts, lineBytesLimit: limits.lineBytes)
  return splitter.offset
}

/// Opens a file that may have been rotated a moment ago: what counts is which file it is.
private func openRenamed(_ file: InputFile) throws(ReadError) -> FileDescriptor {
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
  /// Says once what a file's lines made the counts grow by.
  mutating func addSkips(
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

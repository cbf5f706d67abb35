/// How the part before the release lies on disk. From the release on it is always `NAME`.
package enum DemoSplit: Sendable, Equatable {
  /// One file a log.
  case whole
  /// Rotated as logrotate would: so many pieces of equal time before the release, the oldest with
  /// the highest number (`app.log.3`), the release at the start of `app.log`. 1 to 99 pieces.
  case rotated(pieces: Int)
}

extension DemoService {
  /// Writes the service's four logs and `CONTENTS.md` into a folder, which is made if it is not
  /// there; files of these names are replaced. It always writes the whole log, whatever `next()`
  /// has handed out.
  ///
  /// - Returns: what is in the files, the same as `CONTENTS.md` says.
  /// - Throws: `DemoWriteError`; files written so far stay.
  package func write(
    to directory: String, split: DemoSplit = .whole
  ) throws(DemoWriteError) -> DemoTruth {
    var pieces = 0
    if case .rotated(let count) = split {
      precondition(
        (1...Limits.rotatedPiecesLimit).contains(count),
        "a demo's log is rotated into 1 to 99 pieces")
      pieces = count
    }
    try makeFolder(directory)
    var service = DemoService(options: options)
    var suffix = service.suffix(at: Int64(options.span.lowerBound) * 1_000_000, pieces: pieces)
    var files = try Self.open(directory, suffix)
    while let line = service.next() {
      let wanted = service.suffix(at: line.timeMicroseconds, pieces: pieces)
      // A quiet piece is still a file: logrotate leaves an empty one.
      while suffix != wanted {
        try Self.close(files)
        suffix -= 1
        files = try Self.open(directory, suffix)
      }
      try files[line.file.rawValue].append(line.bytes)
    }
    while suffix > 0 {
      try Self.close(files)
      suffix -= 1
      files = try Self.open(directory, suffix)
    }
    try Self.close(files)
    let contents = try LogFile(path: directory + "/CONTENTS.md")
    try contents.append(Array(service.truth.markdown(pieces: pieces).utf8))
    try contents.close()
    return service.truth
  }

  /// The number behind the names of the files that hold this moment; 0 for none.
  private func suffix(at time: Int64, pieces: Int) -> Int {
    let rest = release - time
    guard rest > 0, pieces > 0 else { return 0 }
    let span = Int64(options.before) * 1_000_000
    return min(pieces, Int((rest * Int64(pieces) + span - 1) / span))
  }

  private static func open(
    _ directory: String, _ suffix: Int
  ) throws(DemoWriteError) -> [LogFile] {
    var files: [LogFile] = []
    for file in DemoFile.allCases {
      let name = suffix == 0 ? file.name : "\(file.name).\(suffix)"
      files.append(try LogFile(path: directory + "/" + name))
    }
    return files
  }

  private static func close(_ files: [LogFile]) throws(DemoWriteError) {
    for file in files { try file.close() }
  }
}

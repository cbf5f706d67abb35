#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is read when no input is named: standard input when it is a pipe or a file, never a
/// terminal, a closed descriptor or /dev/null as in cron.
enum StandardInputDefault {
  static func arguments(_ inputs: [String], example: String) throws -> [String] {
    guard inputs.isEmpty else { return inputs }
    var status = stat()
    // SAFETY: fstat fills the structure it is given and keeps no reference to it.
    guard unsafe fstat(STDIN_FILENO, &status) == 0 else { throw noInput(example) }
    switch status.st_mode & S_IFMT {
    case S_IFIFO, S_IFREG, S_IFSOCK: return ["-"]
    default: throw noInput(example)
    }
  }

  private static func noInput(_ example: String) -> Mistake {
    Mistake(
      "no input; expected files, directories, a quoted glob, or a pipe, such as: \(example)")
  }
}

import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the program starts and where every way to end it comes together.
@main
enum Main {
  static func main() {
    do {
      var command = try Tidemark.parseAsRoot()
      try command.run()
    } catch let status as ExitCode {
      exit(status.rawValue)
    } catch let mistake as Mistake {
      Output.warn(mistake.description)
      exit(ExitStatus.mistake.rawValue)
    } catch {
      let message = Usage.message(for: error)
      if Tidemark.exitCode(for: error) == .success {
        // --help and --version are answers, not mistakes.
        Output.write(message + "\n")
        exit(ExitStatus.success.rawValue)
      }
      Output.warn(message)
      exit(ExitStatus.mistake.rawValue)
    }
  }
}

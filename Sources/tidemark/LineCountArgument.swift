import ArgumentParser

/// A number of lines on the command line: `10`. Neither `-3` nor `+3`, which mean other things to
/// other programs.
struct LineCountArgument: ExpressibleByArgument, Sendable {
  let count: Int

  init?(argument: String) {
    guard argument.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(argument) else {
      return nil
    }
    self.count = count
  }
}

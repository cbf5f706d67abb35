import ArgumentParser

/// The statuses of commands that judge nothing. Those of a watch are made where outcomes are.
enum ExitStatus: Int32 {
  /// The command did what it was asked.
  case success = 0
  case failure = 1
  /// Usage, configuration or rule error: nothing was judged.
  case mistake = 2
  /// An input is missing or cannot be read.
  case blind = 4

  var code: ExitCode { ExitCode(rawValue) }
}

/// `--undecided`: what the exit status says when there is not enough data.
enum UndecidedMode: String, ExpressibleByArgument, CaseIterable {
  case status, pass, fail

  var status: Int32 {
    switch self {
    case .status: 3
    case .pass: 0
    case .fail: 1
    }
  }
}

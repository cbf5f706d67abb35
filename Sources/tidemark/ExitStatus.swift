import ArgumentParser
import Judgement

/// What the program tells the shell. The four outcomes never share a status.
enum ExitStatus: Int32 {
  case healthy = 0
  case regressed = 1
  /// Usage, configuration or rule error: nothing was judged.
  case mistake = 2
  case undecided = 3
  case blind = 4
  case interrupted = 130
  case terminated = 143

  /// - Parameter undecided: what `--undecided` turns "not enough data" into.
  init(_ outcome: Outcome, undecided: UndecidedMode) {
    switch outcome {
    case .healthy: self = .healthy
    case .regressed: self = .regressed
    case .blind: self = .blind
    case .undecided:
      switch undecided {
      case .status: self = .undecided
      case .pass: self = .healthy
      case .fail: self = .regressed
      }
    }
  }

  var code: ExitCode { ExitCode(rawValue) }
}

/// `--undecided`: what the exit status says when there is not enough data.
enum UndecidedMode: String, ExpressibleByArgument, CaseIterable {
  case status, pass, fail
}

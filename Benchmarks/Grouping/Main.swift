import Bytes
import Glibc
import Signatures

/// Measures the grouping of labelled messages; it is not part of the program.
///
/// `Grouping FILE...`: a file's lines are `label<TAB>message`. Grouping accuracy is the share of
/// lines whose group, as a set of lines, is exactly that of their label (Zhu et al., ICSE 2019).
/// `--errors` shows where they differ; `--speed` times one file, `--distinct N` a stream of N
/// different messages.
@main
struct Grouping {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "--speed" {
      try Speed.measure(path: arguments[1], rounds: arguments.count > 2 ? Int(arguments[2]) : nil)
    } else if arguments.first == "--distinct" {
      Speed.measureDistinct(count: Int(arguments[1]) ?? 1_000_000)
    } else {
      let showsErrors = arguments.first == "--errors"
      if showsErrors { arguments.removeFirst() }
      try measure(arguments, showsErrors: showsErrors)
    }
  }

  private static func measure(_ paths: [String], showsErrors: Bool) throws {
    var sum = 0.0
    print("sample                    lines  kinds  found  accuracy")
    for path in paths {
      let sample = LabelledSample(path: path)
      let groups = sample.mine()
      let accuracy = sample.accuracy(of: groups)
      sum += accuracy
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let kinds = Set(sample.labels).count
      let found = Set(groups).count
      print(
        name.padded(24), sample.labels.count.padded(7), kinds.padded(6), found.padded(6),
        "   ", accuracy.thousandths)
      if showsErrors { sample.printErrors(groups) }
    }
    print("mean", (sum / Double(max(paths.count, 1))).thousandths)
  }
}

extension Double {
  var thousandths: String {
    let value = Int((self * 1_000).rounded())
    let rest = String(value % 1_000)
    return "\(value / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

extension String {
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

extension Int {
  func padded(_ width: Int) -> String {
    let text = String(self)
    return String(repeating: " ", count: Swift.max(0, width - text.count)) + text
  }
}

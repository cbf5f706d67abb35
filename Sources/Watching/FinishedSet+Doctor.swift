import Following
import Records
import Reports
import Windows

extension FinishedSet {
  /// What is known of each input, and what was found beside them and could not be read.
  borrowing func doctorInputs() -> (inputs: [DoctorInput], problems: [String]) {
    var inputs = reading.inputs.map { DoctorInput(name: $0) }
    for (index, name) in reading.inputs.enumerated() {
      describe(&inputs[index], index: index, name: name)
    }
    var others: [String] = []
    for problem in reading.problems {
      if let index = reading.inputs.firstIndex(of: problem.path) {
        inputs[index].obstacles.append(problem.description)
      } else if arguments.contains(problem.path) {
        var input = DoctorInput(name: problem.path)
        input.obstacles = [problem.description]
        inputs.append(input)
      } else {
        others.append(problem.description)
      }
    }
    for index in inputs.indices where inputs[index].obstacles.isEmpty {
      if let obstacle = obstacle(inputs[index]) { inputs[index].obstacles.append(obstacle) }
    }
    return (inputs, others)
  }

  private borrowing func describe(_ input: inout DoctorInput, index: Int, name: String) {
    let files = reading.files.filter { $0.input == index }
    input.isStream = files.contains { $0.kind != .regular }
    if name == InputFile.standardInputName { input.name = WatchFacts.standardInput }
    input.files = files.map {
      DoctorInput.File(
        name: $0.name, compression: $0.compression()?.rawValue, bytes: $0.size,
        isSibling: $0.isSibling)
    }
    input.rotation = Self.rotation(files)
    input.obstacles = reading.failuresOfInput[index] ?? []
    if pipeline.sink.censuses.indices.contains(index) {
      input.census = pipeline.sink.censuses[index]
    }
    if let skips = reading.skipsOfInput[index] {
      input.truncatedLines = skips.truncatedLines
      input.nulBytes = skips.nulBytes
      input.damagedFiles = skips.truncatedGzip + skips.corruptGzip
    }
    if pipeline.sink.frontiers.indices.contains(index) {
      let frontier = pipeline.sink.frontiers[index]
      input.recordsBehind = frontier.recordsBehind
      input.farthestBehindSeconds = Double(frontier.farthestBehindNanoseconds) / 1e9
    }
  }

  /// Why a file that could be read cannot be watched; a stream may still bring what is missing.
  private borrowing func obstacle(_ input: DoctorInput) -> String? {
    if input.census.lines == 0 {
      return input.isStream ? "nothing came" : "it is empty; trying again helps once it holds lines"
    }
    guard input.census.stampedLines == 0, !input.isStream else { return nil }
    return
      "none of its \(NumberText.count(input.census.lines)) lines carries a time that can be read, "
      + "so nothing can be placed before or after a release; log the time, or add one as shown below"
  }

  /// How the rotated files are named.
  private static func rotation(_ files: [InputFile]) -> String? {
    let siblings = files.filter(\.isSibling)
    guard let oldest = siblings.first, let newest = siblings.last else { return nil }
    func lastPart(_ path: String) -> String {
      path.split(separator: "/").last.map(String.init) ?? path
    }
    var schemes: [String] = []
    for sibling in siblings {
      guard let reading = SiblingName.readings(of: lastPart(sibling.path)).first else { continue }
      let scheme =
        switch reading.age {
        case .number: "numbered"
        case .date: "dated"
        }
      if !schemes.contains(scheme) { schemes.append(scheme) }
    }
    let example =
      siblings.count == 1
      ? lastPart(oldest.path) : "\(lastPart(oldest.path)) … \(lastPart(newest.path))"
    return "\(siblings.count) rotated files, \(schemes.joined(separator: " and ")): \(example)"
  }
}

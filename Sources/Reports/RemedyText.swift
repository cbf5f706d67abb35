/// What to add to which program, each remedy once with the inputs that it is for.
enum RemedyText {
  static func lines(_ inputs: [DoctorInput], _ style: Style) -> [String] {
    var remedies: [(remedy: Remedy, brings: [Remedy.Lack], inputs: [String])] = []
    for input in inputs {
      for remedy in input.remedies(among: inputs) {
        let brings = remedy.brings.filter(input.lacks.contains)
        if let place = remedies.firstIndex(where: { $0.remedy == remedy }) {
          remedies[place].inputs.append(input.name)
          for lack in brings where !remedies[place].brings.contains(lack) {
            remedies[place].brings.append(lack)
          }
        } else {
          remedies.append((remedy, brings, [input.name]))
        }
      }
    }
    guard !remedies.isEmpty else { return [] }
    var lines = ["", style.bold("to add")]
    for (remedy, brings, names) in remedies {
      let what = brings.map(\.rawValue).joined(separator: ", ")
      lines.append(
        "  \(what) for \(names.map(LogText.printable).joined(separator: ", "))")
      lines.append("  \(remedy.program), \(remedy.place):")
      lines += remedy.lines.map { $0.isEmpty ? "" : "      " + $0 }
      if let note = remedy.note { lines.append("    (\(note))") }
      lines.append("")
    }
    lines.removeLast()
    return lines
  }
}

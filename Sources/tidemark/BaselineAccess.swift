import ArgumentParser
import Bytes
import Following
import Foundation
import Records
import Reports
import Rules
import Store
import Watching
import Windows

/// Baselines by name or file.
struct BaselineAccess {
  private let path: String
  /// Largest file that is taken for a baseline.
  private static let fileBytes = 1 << 30

  init(_ options: StateOptions) throws {
    path = try options.path()
  }

  /// Everything that is stored, by name. Facts of another version are nil.
  func list() throws -> [(name: String, facts: BaselineFacts?)] {
    do {
      return try Baselines(path: path).list().map { ($0.name, try? StoredBaseline.facts($0.facts)) }
    } catch {
      throw Mistake(error.description)
    }
  }

  /// The stored baseline of this name; nil when there is none.
  func find(_ name: String) throws -> StoredBaseline? {
    do {
      guard let entry = try Baselines(path: path).baseline(named: name) else { return nil }
      return try StoredBaseline(facts: StoredBaseline.facts(entry.facts), bytes: entry.windows)
    } catch let error as StateError {
      throw Mistake(error.description)
    } catch let error as ArchiveError {
      throw Mistake("\(path): baseline \(name): \(error); capture it again")
    } catch {
      throw Mistake("\(path): baseline \(name): another version of Tidemark wrote it")
    }
  }

  /// Whether the name is taken. A damaged file holds none: it is set aside when something is stored.
  func has(_ name: String) throws -> Bool {
    do {
      return try Baselines(path: path).baseline(named: name) != nil
    } catch {
      guard error.kind == .damaged else { throw Mistake(error.description) }
      return false
    }
  }

  /// The stored baseline of this name, or a mistake that says what there is.
  func get(_ name: String) throws -> StoredBaseline {
    if let found = try find(name) { return found }
    throw Mistake(
      "baseline \(LogText.printable(name)): none of this name is stored"
        + NearestName.hint(name, among: try list().map(\.name))
        + "; tidemark baseline list shows all")
  }

  /// A baseline by its name, else a baseline file.
  func resolve(_ spec: String) throws -> StoredBaseline {
    if !spec.contains("/"), let found = try find(spec) { return found }
    guard spec == "-" || FileManager.default.fileExists(atPath: spec) else { return try get(spec) }
    return try Self.read(file: spec)
  }

  /// Reads and checks a baseline file; `-` is standard input.
  static func read(file: String) throws -> StoredBaseline {
    let bytes: [UInt8]
    do {
      bytes = try FileContents(path: file == "-" ? "/dev/stdin" : file, limit: fileBytes).bytes
    } catch {
      throw Mistake("\(file): \(error); expected a file of tidemark baseline export")
    }
    do {
      return try StoredBaseline(file: bytes)
    } catch {
      throw Mistake("\(file): \(error); expected a file of tidemark baseline export")
    }
  }

  func keep(_ baseline: StoredBaseline, replaces: Bool) throws {
    let name = baseline.facts.name
    let text = try baseline.factsText()
    let entry = BaselineEntry(name: name, facts: text, windows: baseline.bytes)
    let isKept = try change { (file) throws(StateError) in
      try file.keep(entry, replaces: replaces)
    }
    guard isKept else {
      throw Mistake(
        "baseline \(LogText.printable(name)): there is one of this name; expected another, or "
          + "--replace")
    }
  }

  func change<Value>(_ body: (StateFile) throws(StateError) -> Value) throws -> Value {
    do {
      let file = try StateFile(path: path, now: Surroundings.process.now().nanoseconds)
      if let notice = file.notice { Output.warn(notice.description) }
      return try body(file)
    } catch {
      throw Mistake(error.description)
    }
  }
}

extension BaselineFacts {
  /// What it covers, for a person.
  func sentences() -> [String] {
    [
      "baseline \(name), captured \(captured)",
      "\(from ?? "?") to \(to ?? "?"), \(NumberText.count(lines)) lines, "
        + "\(NumberText.count(requests)) requests",
      "\(windows) windows of \(NumberText.decimal(windowSeconds, significant: 4)) s, "
        + "\(hoursOfWeek.count) of 168 hours of the week",
      "inputs: " + inputs.joined(separator: ", "),
    ].map(LogText.printable)
  }

  func writeMembers(_ json: inout JSONWriter) {
    json.member("baseline", name)
    json.member("captured", captured)
    json.key("inputs")
    json.array(inputs) { $0.value($1) }
    json.member("from", from)
    json.member("to", to)
    json.member("lines", lines)
    json.member("requests", requests)
    json.member("windowSeconds", windowSeconds)
    json.member("windows", windows)
    json.key("hoursOfWeek")
    json.array(hoursOfWeek) { $0.value(Double($1)) }
  }
}

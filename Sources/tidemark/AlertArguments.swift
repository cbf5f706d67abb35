import Alerts
import ArgumentParser
import Foundation
import Records
import Reports
import Rules
import Sending
import Store
import Watching

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `--alert`: where messages go when something regresses and when it recovers.
struct AlertArguments: ParsableArguments {
  @Option(
    name: .customLong("alert"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Where to send alerts; may be given again.",
      discussion: """
        slack:SECRET[,style=attachments], teams:SECRET, webhook:URL[,secret=SECRET][,signature=github], \
        alertmanager:URL[,URL…][,auth=SECRET], pagerduty:SECRET[,url=URL], mail:ADDRESS[,from=ADDRESS], \
        exec:EXECUTABLE[,once=true], file:PATH, github. A SECRET is env:NAME or file:PATH, never the \
        secret itself. Messages are kept in the state file until they have arrived.
        """, valueName: "sink"))
  var sinks: [String] = []

  @OptionGroup
  var state: StateOptions

  func validate() throws {
    for sink in sinks { _ = try Self.spec(sink) }
  }

  static func spec(_ text: String) throws -> SinkSpec {
    do {
      return try SinkSpec(text)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// What tells the sinks; nil if there are none.
  func desk(
    facts: WatchFacts, rules: RuleSet, isJSON: Bool, _ surroundings: Surroundings
  ) throws -> AlertDesk? {
    guard !sinks.isEmpty else { return nil }
    var specs: [SinkSpec] = []
    for sink in sinks where !specs.contains(where: { $0.text == sink }) {
      specs.append(try Self.spec(sink))
    }
    let outbox: any Outbox
    var left: [Delivery] = []
    do {
      let stored = try Self.outbox(state.path(), surroundings)
      left = try stored.adopt(sinks: Set(specs.map(\.text)))
      outbox = stored
    } catch {
      surroundings.warn("\(error); alerts are sent, but what has not arrived is lost at the end")
      outbox = MemoryOutbox()
    }
    let courier = Courier(
      specs, outbox, Self.courierSurroundings(surroundings, annotatesOnErrors: isJSON))
    courier.adopt(left)
    return AlertDesk(courier, facts: facts, rules: rules)
  }

  /// The outbox in the state file at `path`, for a run of its own.
  static func outbox(_ path: String, _ surroundings: Surroundings) throws -> StoredOutbox {
    let file = try StateFile(path: path, now: surroundings.now().nanoseconds)
    if let notice = file.notice { surroundings.warn(notice.description) }
    return try StoredOutbox(file, run: UUID().uuidString)
  }

  static func courierSurroundings(
    _ surroundings: Surroundings, annotatesOnErrors: Bool
  ) -> CourierSurroundings {
    let environment = ProcessInfo.processInfo.environment
    let hands = SinkHands(
      write: { text in
        // Workflow commands are read from both outputs; JSON on the first must stay JSON.
        if annotatesOnErrors {
          FileHandle.standardError.write(Data(text.utf8))
        } else {
          surroundings.write(text)
        }
      }, stepSummary: environment["GITHUB_STEP_SUMMARY"])
    return CourierSurroundings(
      now: { surroundings.now().nanoseconds },
      perform: { hands.perform($0, now: $1) },
      reveal: { (secret) throws(SinkProblem) in
        try SecretReading.reveal(secret, environment: environment)
      }, warn: surroundings.warn, host: hostName)
  }

  /// For addresses and message ids: letters, digits, dots and dashes.
  private static var hostName: String {
    let name = ProcessInfo.processInfo.hostName.filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-")
    }
    return name.isEmpty ? "localhost" : name
  }
}

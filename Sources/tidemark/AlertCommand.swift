import Alerts
import ArgumentParser
import Records
import Reports
import Sending
import Store
import Watching

/// `tidemark alert`: the messages that were sent, that wait, and that were given up.
struct AlertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alert",
    abstract: "List the messages to alert sinks, send them again, or test a sink.",
    discussion: """
      watch --alert writes each message to the state file before its first try and keeps it until it \
      has arrived. What a sink refuses, or does not take within an hour (chat) or a day (paging), \
      becomes a dead letter.
      """,
    subcommands: [List.self, Retry.self, Test.self])

  /// `tidemark alert list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print every message, the oldest first.",
      discussion: """
        A line each: number, state (waiting, delivered, superseded, dead), sink, id, tries, when it was \
        written, and what it says or why it failed, separated by tabs.
        """)

    @OptionGroup
    var options: StateOptions

    @Option(help: "What to print: text or json (one object a line).")
    var format = StateCommand.Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let surroundings = Surroundings.process
      let path = try options.path()
      var found: (deliveries: [Delivery], unreadable: [Int64]) = ([], [])
      do {
        if try StateReport(path: path).exists { found = try AlertCommand.all(path, surroundings) }
      } catch {
        throw Mistake(error.description)
      }
      for delivery in found.deliveries {
        Output.write(format == .json ? Self.json(delivery) : Self.text(delivery))
      }
      if !found.unreadable.isEmpty {
        surroundings.warn(
          "\(found.unreadable.count) messages were written by another version and are left as they are"
        )
      }
    }

    private static func text(_ delivery: Delivery) -> String {
      let columns = [
        String(delivery.number), delivery.state.rawValue, delivery.sink, delivery.notice.id,
        String(delivery.tries), Timestamp(nanoseconds: delivery.written).rfc3339,
        delivery.reason ?? delivery.notice.summary,
      ]
      return columns.map { LogText.printable($0) }.joined(separator: "\t") + "\n"
    }

    private static func json(_ delivery: Delivery) -> String {
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("number", Int(delivery.number))
        writer.member("state", delivery.state.rawValue)
        writer.member("sink", delivery.sink)
        writer.member("id", delivery.notice.id)
        writer.member("key", delivery.notice.key)
        writer.member("tries", delivery.tries)
        writer.member("written", Timestamp(nanoseconds: delivery.written).rfc3339)
        writer.member("reason", delivery.reason)
        writer.member("summary", delivery.notice.summary)
      }
      return writer.text + "\n"
    }
  }

  /// `tidemark alert retry`
  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send again what waits or was given up.",
      discussion: """
        Without numbers: every dead letter, and what waits and belongs to no run any more. The secrets \
        that the sinks name must be there. Ends with 1 if something did not arrive.
        """)

    @Argument(help: "Numbers of messages, as alert list prints them.")
    var numbers: [Int64] = []

    @OptionGroup
    var options: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let surroundings = Surroundings.process
      let outbox: StoredOutbox
      let chosen: [Delivery]
      do {
        outbox = try AlertArguments.outbox(options.path(), surroundings)
        chosen = try choose(outbox)
      } catch let error as StateError {
        throw Mistake(error.description)
      }
      let courier = Courier(
        try AlertCommand.specs(chosen), outbox,
        AlertArguments.courierSurroundings(surroundings, annotatesOnErrors: false))
      courier.adopt(chosen)
      _ = courier.finish(within: Alerts.Limits.retryMilliseconds)
      let left = try outbox.all().deliveries.filter { delivery in
        delivery.state != .delivered && chosen.contains { $0.number == delivery.number }
      }
      Output.write("\(chosen.count - left.count) of \(chosen.count) messages have arrived\n")
      if !left.isEmpty { throw ExitStatus.failure.code }
    }

    /// The messages to send, as if they had just been written.
    private func choose(_ outbox: StoredOutbox) throws -> [Delivery] {
      let all = try outbox.all().deliveries
      for number in numbers where !all.contains(where: { $0.number == number }) {
        throw Mistake(
          "alert retry \(number): there is no such message; expected a number of tidemark alert list"
        )
      }
      let adopted = try outbox.adopt(sinks: Set(all.map(\.sink)))
      var chosen = all.filter { delivery in
        numbers.isEmpty
          ? delivery.state == .dead || adopted.contains { $0.number == delivery.number }
          : numbers.contains(delivery.number)
      }
      let now = Surroundings.process.now().nanoseconds
      for index in chosen.indices {
        chosen[index].state = .waiting
        chosen[index].written = now
        chosen[index].nextTry = now
      }
      try outbox.update(chosen)
      return chosen
    }
  }

  /// `tidemark alert test SINK`
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send a marked message to a sink, once, and say what came of it.")

    @Argument(help: "A sink as for watch --alert, such as slack:env:SLACK_HOOK.")
    var sink: String

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let surroundings = Surroundings.process
      let spec = try AlertArguments.spec(sink)
      let couriers = AlertArguments.courierSurroundings(surroundings, annotatesOnErrors: false)
      let now = surroundings.now().nanoseconds
      let result: TryResult
      do {
        let effect = try spec.effect(
          .test(now: now), now: now, host: couriers.host, reveal: couriers.reveal)
        result = couriers.perform(effect, now)
      } catch {
        throw Mistake(error.description)
      }
      switch result {
      case .delivered: Output.write("\(spec.text): the test message was taken\n")
      case .failed(let reason, _):
        surroundings.warn("\(spec.text): \(reason); trying again can help")
        throw ExitStatus.failure.code
      case .refused(let reason):
        surroundings.warn("\(spec.text): \(reason); trying again does not help")
        throw ExitStatus.failure.code
      }
    }
  }

  fileprivate static func all(
    _ path: String, _ surroundings: Surroundings
  ) throws(StateError) -> (deliveries: [Delivery], unreadable: [Int64]) {
    let file = try StateFile(path: path, now: surroundings.now().nanoseconds, keepsDamaged: true)
    return try StoredOutbox.all(file)
  }

  fileprivate static func specs(_ deliveries: [Delivery]) throws -> [SinkSpec] {
    try Set(deliveries.map(\.sink)).sorted().map { try AlertArguments.spec($0) }
  }
}

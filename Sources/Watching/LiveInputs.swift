import Bytes
import Following
import Records

/// The growing inputs of a live watch: reads what is there into the pipeline and remembers who was
/// heard when.
struct LiveInputs {
  let follower: Follower
  /// Named inputs that were never there.
  private(set) var missing: [InputProblem]
  /// Named files that went away, and none has taken their place.
  private(set) var gone: Set<String> = []
  /// What cannot be read at all.
  let problems: [InputProblem]
  private var gate: ArrivalGate
  /// Inputs that are no regular files.
  private let streams: Set<Int>
  /// When each input last gave a line, and whether a record of it may be pending.
  private var heard: [Timestamp] = []
  private var isPending: [Bool] = []
  private var noticesWarned = 0
  /// Everything that was there at the start has been read.
  private(set) var isCaughtUp = false
  private let start: Timestamp
  /// How long a stream that says nothing is waited for before the watch goes on without it.
  private let patienceNanoseconds: Int64
  private var endedStreams = 0
  private static let never = Timestamp(nanoseconds: .min)

  init(
    follower: Follower, head: HeadTime, start: Timestamp, patienceNanoseconds: Int64
  ) {
    self.follower = follower
    self.start = start
    self.patienceNanoseconds = patienceNanoseconds
    missing = follower.problems.filter(\.isMissing)
    problems = follower.problems.filter { !$0.isMissing }
    gate = ArrivalGate(head: head)
    streams = Set(
      follower.inputs.indices.filter { input in
        let name = follower.inputs[input]
        guard name != InputFile.standardInputName else { return true }
        return (try? FileStatus(path: name))?.kind != .regular
      })
  }

  /// Whether any input is a pipe or a device, which may send history at its own pace.
  var hasStreams: Bool { !streams.isEmpty }

  /// Whether any line has come.
  var wasAnyHeard: Bool { heard.contains { $0 != Self.never } }

  /// How long nobody has said anything, on the clock.
  func quiet(now: Timestamp) -> Int64 {
    now.nanoseconds(since: max(heard.max() ?? start, start))
  }

  /// A stream that has said nothing yet may still have history to tell.
  private func isAnyStreamAwaited(_ now: Timestamp) -> Bool {
    guard now.nanoseconds(since: start) < patienceNanoseconds else { return false }
    let silent = streams.count { !heard.indices.contains($0) || heard[$0] == Self.never }
    return silent > endedStreams
  }

  /// Reads what is there now; returns what came of it.
  mutating func read(
    into pipeline: inout Pipeline, now: Timestamp, fileOffset: Int
  ) -> PollResult {
    var gate = self.gate
    var heard = self.heard
    var isPending = self.isPending
    let isCaughtUp = self.isCaughtUp
    let streams = self.streams
    let result = follower.poll(now: now.nanoseconds) { input, bytes, position in
      while heard.count <= input {
        heard.append(Self.never)
        isPending.append(false)
      }
      heard[input] = now
      isPending[input] = true
      let usesArrival: Bool
      if isCaughtUp {
        usesArrival = true
      } else if !streams.contains(input) {
        // What a file holds at the start was written at times that nobody knows.
        usesArrival = false
      } else {
        switch gate.decide(input: input, bytes, position, now: now) {
        case .wait: return
        case .pass(let before, let arrives):
          for line in before {
            pipeline.line(
              line.bytes.span, line.position, input: input, file: fileOffset + input,
              reference: now, arrival: arrives ? line.arrival : nil)
          }
          usesArrival = arrives
        }
      }
      pipeline.line(
        bytes, position, input: input, file: fileOffset + input, reference: now,
        arrival: usesArrival ? now : nil)
    }
    self.gate = gate
    self.heard = heard
    self.isPending = isPending
    for change in result.changes {
      if case .appeared(let file) = change {
        missing.removeAll { $0.path == file || $0.kind == .noMatch }
      }
      switch change {
      case .ended: endedStreams += 1
      case .missing(let file):
        if !missing.contains(where: { $0.path == file }) { gone.insert(file) }
      case .appeared(let file), .rotated(let file): gone.remove(file)
      default: break
      }
    }
    if !result.isPending, !self.isCaughtUp, !isAnyStreamAwaited(now) {
      self.isCaughtUp = true
      for (input, lines) in self.gate.takeWaiting() {
        for line in lines {
          pipeline.line(
            line.bytes.span, line.position, input: input, file: fileOffset + input,
            reference: now, arrival: line.arrival)
        }
      }
    }
    return result
  }

  /// Completes the records of inputs that have been quiet for a moment.
  mutating func flushQuiet(into pipeline: inout Pipeline, now: Timestamp, after quiet: Int64) {
    for input in isPending.indices where isPending[input] {
      guard now.nanoseconds(since: heard[input]) >= quiet else { continue }
      pipeline.flush(input: input)
      isPending[input] = false
    }
  }

  /// Reads the begun last lines and completes every record.
  mutating func finish(into pipeline: inout Pipeline, now: Timestamp, fileOffset: Int) {
    follower.flushPartial { input, bytes, position in
      pipeline.line(
        bytes, position, input: input, file: fileOffset + input, reference: now,
        arrival: isCaughtUp ? now : nil)
    }
    pipeline.flushAll()
  }

  /// Notices since the last call.
  mutating func takeNotices() -> [String] {
    let new = follower.notices.dropFirst(noticesWarned).map(\.description)
    noticesWarned = follower.notices.count
    return new
  }
}

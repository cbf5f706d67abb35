/// A small online shop that writes logs: nginx in front, two uvicorn processes with a FastAPI
/// application behind it, PostgreSQL below. A failure shows in every layer that would notice it.
///
/// It is a value without a clock: `next()` hands out the lines in time order, so that a caller can
/// write them at once (`write(to:split:)`) or as fast or slow as it likes.
package struct DemoService: Sendable {
  /// What the service does.
  package let options: DemoOptions
  /// The counts of the lines that `next()` has handed out.
  package private(set) var truth: DemoTruth

  var random: SplitMix64
  let instances: [Instance]
  /// The release and the end of the log, in microseconds since 1970.
  let release: Int64
  private let end: Int64
  private var bursts: Bursts
  private var arrivals: Arrivals
  private var nextArrival: Int64
  private var nextCheckpoint: Int64
  private var queue = RecordQueue()
  private var recordsMade = 0
  private var current: DemoRecord?
  private var cursor = 0
  /// nginx numbers its connections, the shop its orders.
  var connection = 8_127_310
  var orderNumber = 184_223

  /// A service at the start of its log. Options out of range are a programmer's error.
  package init(options: DemoOptions) {
    options.check()
    self.options = options
    truth = DemoTruth(options: options)
    // Every purpose has its own source, so that a burst more does not change the traffic.
    var seeds = SplitMix64(seed: options.seed)
    let start = Int64(options.span.lowerBound) * 1_000_000
    release = Int64(options.release) * 1_000_000
    end = Int64(options.span.upperBound) * 1_000_000
    random = SplitMix64(seed: seeds.next())
    arrivals = Arrivals(options: options, start: start, seed: seeds.next())
    bursts = Bursts(perHour: options.burstsPerHour, start: start, seed: seeds.next())
    instances = Instance.pair(release: release, restart: options.restart)
    nextArrival = arrivals.next()
    nextCheckpoint = start + 37_000_000
    if options.restart { addRestart() }
  }

  /// The next line, or nil at the end of the log. Time never goes back from one line to the next.
  package mutating func next() -> DemoLine? {
    while true {
      if let record = current {
        var lineEnd = cursor
        while lineEnd < record.bytes.count {
          lineEnd += 1
          if record.bytes[lineEnd - 1] == UInt8(ascii: "\n") { break }
        }
        if lineEnd > cursor {
          let bytes = Array(record.bytes[cursor..<lineEnd])
          cursor = lineEnd
          countLine(of: record)
          return DemoLine(
            file: record.file, timeMicroseconds: record.timeMicroseconds, bytes: bytes)
        }
        current = nil
      }
      // Nothing that comes later writes before the next arrival or checkpoint.
      let settled = min(nextArrival, nextCheckpoint, end)
      if let first = queue.first, first.timeMicroseconds < settled {
        current = queue.takeFirst()
        cursor = 0
        count(first)
      } else if settled == end {
        // What would be written after the end is left out: a log is cut where it is read.
        return nil
      } else if nextCheckpoint <= nextArrival {
        addCheckpoint(at: nextCheckpoint)
        nextCheckpoint += 300_000_000
      } else {
        addRequest(at: nextArrival, isBurst: bursts.contains(nextArrival))
        nextArrival = arrivals.next()
      }
    }
  }

  /// Puts a record in line for its time.
  mutating func add(
    _ file: DemoFile, at time: Int64, _ text: LineText, marks: Marks = []
  ) {
    queue.add(
      DemoRecord(
        file: file, timeMicroseconds: time, order: recordsMade, bytes: text.bytes, marks: marks))
    recordsMade += 1
  }

  private mutating func count(_ record: DemoRecord) {
    if record.timeMicroseconds < release {
      truth.before.count(record.marks)
    } else {
      truth.after.count(record.marks)
    }
  }

  private mutating func countLine(of record: DemoRecord) {
    if record.timeMicroseconds < release {
      truth.before.lines[record.file.rawValue] += 1
    } else {
      truth.after.lines[record.file.rawValue] += 1
    }
  }
}

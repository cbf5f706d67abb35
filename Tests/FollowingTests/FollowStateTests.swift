import Bytes
import Following
import Testing

@Suite("The state of a followed path")
struct FollowStateTests {
  private static func file(_ number: UInt64) -> FileIdentity {
    FileIdentity(device: 1, inode: number)
  }

  private static let a = file(1)
  private static let b = file(2)
  private static let c = file(3)

  struct History: CustomTestStringConvertible, Sendable {
    let title: String
    let steps: [(FollowEvent, FollowAction)]
    var testDescription: String { title }
  }

  /// Grace period 60, retirement limit 300, in the same unit as the times.
  private static let histories: [History] = [
    History(
      title: "waits for a missing file and opens it when it comes",
      steps: [
        (.pathMissing(at: 0), .none), (.pathMissing(at: 1), .none),
        (.pathNames(a, at: 2), .open), (.opened(a, at: 2), .none), (.pathNames(a, at: 3), .none),
      ]),
    History(
      title: "keeps asking to open a file that could not be opened",
      steps: [(.pathNames(a, at: 0), .open), (.pathNames(a, at: 1), .open)]),
    History(
      title: "reads what grew",
      steps: [
        (.opened(a, at: 0), .none), (.sized(a, bytes: 0, at: 1), .none),
        (.sized(a, bytes: 5, at: 2), .read(a)),
        (.consumed(a, upTo: 5, isEnd: true, at: 2), .none), (.sized(a, bytes: 5, at: 3), .none),
        (.sized(a, bytes: 6, at: 4), .read(a)),
      ]),
    History(
      title: "starts over when the file became shorter",
      steps: [
        (.opened(a, at: 0), .none), (.consumed(a, upTo: 9, isEnd: true, at: 1), .none),
        (.sized(a, bytes: 3, at: 2), .restart(a)), (.sized(a, bytes: 3, at: 2), .read(a)),
        (.consumed(a, upTo: 3, isEnd: true, at: 2), .none), (.sized(a, bytes: 3, at: 3), .none),
      ]),
    History(
      title: "keeps a renamed file for the grace period, from its last byte on",
      steps: [
        (.opened(a, at: 0), .none), (.consumed(a, upTo: 9, isEnd: true, at: 1), .none),
        (.pathNames(b, at: 10), .open), (.opened(b, at: 10), .retire(a)),
        (.consumed(b, upTo: 2, isEnd: true, at: 10), .none),
        (.sized(a, bytes: 9, at: 69), .none), (.sized(a, bytes: 10, at: 69), .read(a)),
        (.consumed(a, upTo: 10, isEnd: true, at: 69), .none),
        (.sized(a, bytes: 10, at: 128), .none), (.sized(a, bytes: 10, at: 129), .close(a)),
        (.sized(a, bytes: 10, at: 130), .none),
      ]),
    History(
      title: "keeps a renamed file until its successor has bytes, at most for the limit",
      steps: [
        (.opened(a, at: 0), .none), (.opened(b, at: 0), .retire(a)),
        (.sized(a, bytes: 0, at: 299), .none), (.sized(a, bytes: 0, at: 300), .close(a)),
      ]),
    History(
      title: "lets a deleted file go after the grace period",
      steps: [
        (.opened(a, at: 0), .none), (.pathMissing(at: 5), .retire(a)), (.pathMissing(at: 6), .none),
        (.sized(a, bytes: 0, at: 64), .none), (.sized(a, bytes: 0, at: 65), .close(a)),
      ]),
    History(
      title: "lets a renamed file go at the limit although it still grows, once it is read",
      steps: [
        (.opened(a, at: 0), .none), (.pathMissing(at: 0), .retire(a)),
        (.sized(a, bytes: 50, at: 299), .read(a)),
        (.consumed(a, upTo: 50, isEnd: true, at: 299), .none),
        (.sized(a, bytes: 70, at: 301), .read(a)),
        (.consumed(a, upTo: 60, isEnd: false, at: 301), .none),
        (.consumed(a, upTo: 70, isEnd: true, at: 302), .close(a)),
      ]),
    History(
      title: "goes on in a file that gets its name back",
      steps: [
        (.opened(a, at: 0), .none), (.consumed(a, upTo: 4, isEnd: true, at: 0), .none),
        (.opened(b, at: 1), .retire(a)), (.pathNames(a, at: 2), .resume(a)),
        (.sized(a, bytes: 4, at: 3), .none), (.sized(a, bytes: 6, at: 3), .read(a)),
        (.sized(b, bytes: 1, at: 3), .read(b)),
      ]),
    History(
      title: "holds several renamed files and closes each when it is quiet",
      steps: [
        (.opened(a, at: 0), .none), (.opened(b, at: 10), .retire(a)),
        (.opened(c, at: 20), .retire(b)), (.consumed(c, upTo: 1, isEnd: true, at: 20), .none),
        (.sized(a, bytes: 0, at: 70), .close(a)), (.sized(b, bytes: 0, at: 79), .none),
        (.sized(b, bytes: 0, at: 80), .close(b)),
      ]),
    History(
      title: "closes nothing when the clock is set back",
      steps: [
        (.opened(a, at: 1000), .none), (.pathMissing(at: 1000), .retire(a)),
        (.sized(a, bytes: 0, at: 0), .none), (.sized(a, bytes: 0, at: .min), .none),
      ]),
    History(
      title: "starts over in a renamed file that was truncated",
      steps: [
        (.opened(a, at: 0), .none), (.consumed(a, upTo: 9, isEnd: true, at: 0), .none),
        (.pathMissing(at: 1), .retire(a)), (.sized(a, bytes: 2, at: 2), .restart(a)),
        (.sized(a, bytes: 2, at: 2), .read(a)),
      ]),
    History(
      title: "reads a file that was found beside the one that has the name, until it is quiet",
      steps: [
        (.opened(b, at: 0), .none), (.consumed(b, upTo: 1, isEnd: true, at: 0), .none),
        (.found(a, at: 1), .none), (.pathNames(b, at: 1), .none),
        (.sized(a, bytes: 4, at: 1), .read(a)),
        (.consumed(a, upTo: 4, isEnd: true, at: 1), .none), (.sized(a, bytes: 4, at: 60), .none),
        (.sized(a, bytes: 4, at: 61), .close(a)), (.pathNames(b, at: 61), .none),
      ]),
    History(
      title: "goes on in a file that was found and gets the name back",
      steps: [
        (.found(a, at: 0), .none), (.pathNames(a, at: 1), .resume(a)),
        (.sized(a, bytes: 3, at: 2), .read(a)),
      ]),
    History(
      title: "opens a file that was lost anew when the name stands for it",
      steps: [
        (.opened(a, at: 0), .none), (.lost(a), .none), (.sized(a, bytes: 9, at: 1), .none),
        (.pathMissing(at: 1), .none), (.pathNames(a, at: 2), .open),
      ]),
    History(
      title: "knows nothing any more of a renamed file that was lost",
      steps: [
        (.opened(a, at: 0), .none), (.opened(b, at: 1), .retire(a)), (.lost(a), .none),
        (.sized(a, bytes: 9, at: 2), .none), (.pathNames(b, at: 2), .none),
        (.pathNames(a, at: 3), .open), (.opened(a, at: 3), .retire(b)),
      ]),
    History(
      title: "starts over in a file that was written anew, however long it is",
      steps: [
        (.opened(a, at: 0), .none), (.consumed(a, upTo: 9, isEnd: true, at: 1), .none),
        (.changed(a, at: 2), .restart(a)), (.sized(a, bytes: 9, at: 2), .read(a)),
        (.consumed(a, upTo: 9, isEnd: true, at: 2), .none), (.sized(a, bytes: 9, at: 3), .none),
      ]),
    History(
      title: "keeps a renamed file that was written anew for another grace period",
      steps: [
        (.opened(a, at: 0), .none), (.consumed(a, upTo: 9, isEnd: true, at: 0), .none),
        (.pathMissing(at: 0), .retire(a)), (.changed(a, at: 50), .restart(a)),
        (.sized(a, bytes: 2, at: 50), .read(a)),
        (.consumed(a, upTo: 2, isEnd: true, at: 50), .none), (.sized(a, bytes: 2, at: 109), .none),
        (.sized(a, bytes: 2, at: 110), .close(a)),
      ]),
    History(
      title: "ignores files that it does not hold",
      steps: [
        (.sized(a, bytes: 5, at: 0), .none), (.consumed(a, upTo: 5, isEnd: true, at: 0), .none),
        (.changed(a, at: 0), .none), (.lost(a), .none),
      ]),
  ]

  @Test("follows its history", arguments: histories)
  func history(history: History) {
    var state = FollowState(graceNanoseconds: 60, retirementNanoseconds: 300)
    for (index, step) in history.steps.enumerated() {
      #expect(state.on(step.0) == step.1, "step \(index): \(step.0)")
    }
  }

  @Test("holds at most so many renamed files")
  func bounded() {
    var state = FollowState(graceNanoseconds: 60, retirementNanoseconds: 300)
    for number in 0..<1000 {
      let action = state.on(.opened(Self.file(UInt64(number)), at: 0))
      if number > Limits.retiredFiles {
        #expect(action == .close(Self.file(UInt64(number - 1 - Limits.retiredFiles))))
      }
    }
    #expect(state.retired.count == Limits.retiredFiles)
  }

  @Test("holds at most so many files that were found, and lets the oldest go")
  func boundedFound() {
    var state = FollowState(graceNanoseconds: 60, retirementNanoseconds: 300)
    for number in 0..<1000 {
      let action = state.on(.found(Self.file(UInt64(number)), at: 0))
      if number >= Limits.retiredFiles {
        #expect(action == .close(Self.file(UInt64(number - Limits.retiredFiles))))
      }
    }
    #expect(state.retired.count == Limits.retiredFiles)
  }
}

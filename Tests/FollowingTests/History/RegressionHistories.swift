import Testing

/// Histories that are run each time: the pains of `following.md` as scripts, and whatever a random
/// history has found.
enum RegressionHistories {
  static let all: [Titled] = pains + found + passedOver + races

  struct Titled: CustomTestStringConvertible, Sendable {
    let title: String
    let history: FollowHistory
    var testDescription: String { title }
  }

  private static func history(
    _ title: String, _ scene: Int, _ steps: [FollowStep]
  ) -> Titled {
    Titled(title: title, history: FollowHistory(scene: scene, seed: 1, steps: steps))
  }

  /// One named file is scene 0; scene 1 has a second one, written without O_APPEND; scene 2 is a
  /// folder, scene 4 a glob that matches the rotated files too, scene 5 a linked folder.
  private static let pains: [Titled] = [
    history(
      "R1: late writes to the renamed file, right after the rotation and long after it", 0,
      [
        .write(0, lines: 1), .poll(milliseconds: 300), .moveAside(0), .create(0, banner: false),
        .poll(milliseconds: 300), .write(0, lines: 1), .poll(milliseconds: 300), .pause,
        .write(0, lines: 1), .reopen(0), .write(0, lines: 1), .poll(milliseconds: 300),
      ]),
    history(
      "R3: rotated twice between two runs", 0,
      [
        .write(0, lines: 1), .poll(milliseconds: 300), .restart, .write(0, lines: 1),
        .moveAside(0), .reopen(0), .write(0, lines: 1), .shift(0, slot: 1), .moveAside(0),
        .reopen(0), .write(0, lines: 1), .poll(milliseconds: 300),
      ]),
    history(
      "R4: rotated and packed between two runs, and the inode number used again", 0,
      [
        .write(0, lines: 1), .poll(milliseconds: 300), .restart, .write(0, lines: 1),
        .moveAside(0), .beginPacking(0, sibling: 0), .endPacking(0), .reopen(0),
        .write(0, lines: 1), .poll(milliseconds: 300),
      ]),
    history(
      "R6: the new file cannot be opened at first", 0,
      [
        .write(0, lines: 1), .poll(milliseconds: 300), .moveAside(0), .create(0, banner: false),
        .lock(0), .reopen(0), .write(0, lines: 2), .poll(milliseconds: 300), .unlock(0),
        .poll(milliseconds: 300),
      ]),
    history(
      "C1: copytruncate, looked at between all its steps; lines written between copy and truncation",
      4,
      [
        .write(0, lines: 9), .poll(milliseconds: 300), .beginCopy(0), .poll(milliseconds: 300),
        .endCopy(0), .write(0, lines: 2), .poll(milliseconds: 300), .truncate(0),
        .poll(milliseconds: 300), .write(0, lines: 2), .poll(milliseconds: 300), .commit, .crash,
        .poll(milliseconds: 300),
      ]),
    history(
      "C2: truncated and grown past the old end before the next look", 0,
      [
        .write(0, lines: 3), .poll(milliseconds: 300), .truncateAndWrite(0, lines: 9),
        .poll(milliseconds: 300),
      ]),
    history(
      "C2 with a crash: lines that were read but not committed live on in the copy alone", 0,
      [
        .write(0, lines: 3), .poll(milliseconds: 300), .commit, .write(0, lines: 3),
        .poll(milliseconds: 300), .beginCopy(0), .endCopy(0), .truncateAndWrite(0, lines: 12),
        .crash, .poll(milliseconds: 300),
      ]),
    history(
      "C4: the same first lines after the truncation", 2,
      [
        .create(1, banner: true), .write(1, lines: 2), .poll(milliseconds: 300), .moveAside(1),
        .create(1, banner: true), .write(1, lines: 4), .poll(milliseconds: 300), .restart,
        .shift(1, slot: 1), .moveAside(1), .create(1, banner: true), .write(1, lines: 1),
        .poll(milliseconds: 300),
      ]),
    history(
      "C5: a writer that goes on at its old place leaves a hole", 1,
      [
        .writeLong(1, bytes: 300), .poll(milliseconds: 300), .beginCopy(1), .endCopy(1),
        .truncate(1), .write(1, lines: 1), .poll(milliseconds: 300), .write(1, lines: 1),
        .poll(milliseconds: 300), .restart, .write(1, lines: 1), .poll(milliseconds: 300),
      ]),
    history(
      "I3, I4: no line again after restarts and rotations, whatever the glob matches", 4,
      [
        .write(0, lines: 5), .poll(milliseconds: 300), .moveAside(0), .reopen(0),
        .write(0, lines: 1), .poll(milliseconds: 300), .restart, .shift(0, slot: 1),
        .moveAside(0), .reopen(0), .write(0, lines: 1), .poll(milliseconds: 300),
      ]),
    history(
      "I5: the folder is swapped; lines to the new and late ones to the old", 5,
      [
        .write(0, lines: 1), .poll(milliseconds: 300), .swapFolder, .create(0, banner: false),
        .poll(milliseconds: 300), .write(0, lines: 1), .poll(milliseconds: 300), .reopen(0),
        .write(0, lines: 1), .poll(milliseconds: 300), .pause, .swapFolder,
        .poll(milliseconds: 300), .restart, .poll(milliseconds: 300),
      ]),
    history(
      "G1: lines written just before the rotated file is packed; looked at between all steps", 4,
      [
        .write(0, lines: 9), .poll(milliseconds: 300), .moveAside(0), .reopen(0),
        .poll(milliseconds: 300), .beginPacking(0, sibling: 0), .poll(milliseconds: 300),
        .restart, .poll(milliseconds: 300), .endPacking(0), .poll(milliseconds: 300), .restart,
        .poll(milliseconds: 300),
      ]),
    history(
      "L1: half a line before a crash, the other half after it", 0,
      [
        .write(0, lines: 1), .begin(0), .poll(milliseconds: 300), .commit, .crash,
        .poll(milliseconds: 300), .complete(0), .poll(milliseconds: 300),
      ]),
  ]

  /// What random histories have found.
  private static let found: [Titled] = [
    history(
      "A rotated file read as a log of its own is known when it is rotated on and long quiet", 2,
      [
        .create(2, banner: true), .moveAside(2), .poll(milliseconds: 300), .write(2, lines: 1),
        .shift(2, slot: 1), .pause, .commit,
      ]),
    Titled(
      title: "A rotated file read as a log of its own is known once the log is there",
      history: FollowHistory(
        scene: 2, seed: 7_000_031,
        steps: [
          .poll(milliseconds: 300), .reopen(1), .relink(1), .drop(0, slot: 3), .shift(0, slot: 2),
          .write(0, lines: 4), .shift(0, slot: 1), .moveAside(0), .create(0, banner: false),
          .reopen(0), .write(2, lines: 4), .drop(0, slot: 3), .shift(0, slot: 2),
          .shift(0, slot: 1), .reopen(0), .moveAside(0), .race(calls: 4, .create(0, banner: false)),
          .race(calls: 4, .reopen(0)), .write(0, lines: 1), .poll(milliseconds: 300),
          .write(1, lines: 2), .glimpse(milliseconds: 300, bytes: 30), .restart,
        ])),
  ]

  /// The program ends while a copy is passed over, of which more was read than it holds.
  private static let passedOver: [Titled] = (1...6).map { glimpses in
    let glimpse = FollowStep.glimpse(milliseconds: 300, bytes: 40)
    return history(
      "A copy that is packed while it is passed over is known after a crash, at look \(glimpses)",
      0,
      [
        .writeLong(0, bytes: 300), .writeLong(0, bytes: 300), .write(0, lines: 4),
        .poll(milliseconds: 300), .beginCopy(0), .endCopy(0), .write(0, lines: 1),
        .poll(milliseconds: 300), .commit, .truncate(0), .write(0, lines: 1),
      ] + Array(repeating: glimpse, count: glimpses) + [
        .commit, .crash, .beginPacking(0, sibling: 0), .endPacking(0), .poll(milliseconds: 300),
      ])
  }

  /// What happens between two calls of one poll.
  private static let races: [Titled] = (1...12).flatMap { calls in
    [
      history(
        "The name goes on to the next file while the new one is being taken up"
          + ", before call \(calls)", 0,
        [
          .write(0, lines: 2), .poll(milliseconds: 300), .write(0, lines: 1), .moveAside(0),
          .reopen(0), .write(0, lines: 1), .race(calls: calls, .shift(0, slot: 1)),
          .race(calls: calls, .moveAside(0)), .race(calls: calls, .reopen(0)),
          .race(calls: calls, .write(0, lines: 1)), .poll(milliseconds: 300),
        ]),
      history(
        "The rotated file is packed while it is looked for after a restart"
          + ", before call \(calls)", 0,
        [
          .write(0, lines: 2), .poll(milliseconds: 300), .restart, .write(0, lines: 2),
          .moveAside(0), .reopen(0), .write(0, lines: 1), .beginPacking(0, sibling: 0),
          .race(calls: calls, .endPacking(0)), .poll(milliseconds: 300),
        ]),
      history(
        "The copy is whole and the file truncated between two calls" + ", before call \(calls)", 0,
        [
          .write(0, lines: 4), .glimpse(milliseconds: 300, bytes: 20), .beginCopy(0),
          .race(calls: calls, .endCopy(0)), .race(calls: calls, .truncate(0)),
          .poll(milliseconds: 300),
        ]),
    ]
  }
}

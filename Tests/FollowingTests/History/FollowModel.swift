import Bytes

/// The truth of a history: which lines were written, where they are, and which of them a reader
/// could not have seen.
///
/// A line here is what stands before an end mark in a file, whoever wrote its parts. Each ends in a
/// number of its own. A line is excused only by what happened to its bytes, never by the kind of
/// step: see `sweep`.
final class FollowModel {
  /// Why a line need not be delivered.
  enum Excuse: String, CaseIterable {
    /// No file that the reader had open or could find under a sibling's name held it any more.
    case destroyed
    /// So, after what was read had been rolled back.
    case rolledBack
    /// It was written to a file that the reader had let go and that has no name it looks under.
    case late
    /// Its beginning was handed on when the file had been quiet for the grace period.
    case cut
    /// Reads failed until the file was let go.
    case unreadable
    /// It was written, or its file lost its name, in the middle of the poll that let the file go.
    case raced
    /// It was written in the middle of a poll to a file that had been truncated in the middle of the
    /// same poll: between two reads nothing tells that the second reads another text.
    case torn
  }

  /// What a reader did wrong.
  struct Failure: CustomStringConvertible {
    enum Kind {
      case lost, tardy, repeated, reread, invented, halved, disordered, letGo, leaking, endless
    }

    let kind: Kind
    let text: String
    var description: String { "\(kind): \(text)" }
  }

  struct Line {
    let text: [UInt8]
    /// Which text of which file it belongs to, and its place in it.
    let lineage: Int
    let ordinal: Int
    /// The begun line that it completes.
    let begun: Int?
    var holders: [Int]
    var deliveries = 0
    var suffixDeliveries = 0
    var excuse: Excuse?
    let pollWritten: Int
  }

  /// The first part of a line whose end has not come, by the number it begins with.
  struct Begun {
    var text: [UInt8]
    let holder: Int
    /// Its end cannot come any more, or not in every file that holds it.
    var isAbandoned = false
    /// It was handed on without its end.
    var isCut = false
  }

  /// What is in a file.
  final class Note {
    let inode: SimulatedInode
    var lines: [Int] = []
    /// Where each line ends.
    var ends: [Int] = []
    var tail: [UInt8] = []
    var begun: Int?
    var lineage: Int
    /// How it looked when a poll came to its end.
    var look: Look?
    /// When no followed path named it any more.
    var lostNameAt: Int64?
    /// The reader had it open while a followed path named it.
    var wasHeld = false
    /// The poll in which it lost a name.
    var pollUnlinked = -1
    /// The poll in the middle of which it was truncated.
    var pollTruncated = -1

    init(_ inode: SimulatedInode, lineage: Int) {
      self.inode = inode
      self.lineage = lineage
    }
  }

  let files: SimulatedFiles
  let scene: FollowScene
  var lines: [Int: Line] = [:]
  var begun: [Int: Begun] = [:]
  private(set) var notes: [Int: Note] = [:]
  /// How often a line's first part was handed on alone, and which of these were judged.
  var fragments: [Int: Int] = [:]
  var checked: Set<Int> = []
  /// Lines that are neither delivered nor excused.
  var outstanding: Set<Int> = []
  /// What was delivered since the last commit, and before: numbers of lines.
  var pending: [Delivery] = []
  var committed: [Delivery] = []
  /// What the reader did wrong first.
  private(set) var failure: Failure?
  /// The number of the poll that is going on, or of the last one.
  var poll = 0
  var isPolling = false
  /// The reader's calls before it.
  var pollStart = 0
  /// The last poll in the middle of which a text may have been torn: see `Excuse.torn`.
  private(set) var pollTorn = -1
  private(set) var bannersWritten = 0
  var bannersDelivered = 0
  private var lineages = 0
  /// The file that each followed path named last.
  private(set) var live: [Int?] = []

  enum Delivery: Hashable {
    case line(Int)
    case suffix(Int)
    case fragment(Int)
    case banner
  }

  init(_ files: SimulatedFiles, _ scene: FollowScene) {
    self.files = files
    self.scene = scene
    live = scene.bases.map { _ in nil }
  }

  func fail(_ kind: Failure.Kind, _ text: String) {
    if failure == nil { failure = Failure(kind: kind, text: text) }
  }

  func note(of inode: SimulatedInode) -> Note {
    if let known = notes[inode.serial] { return known }
    let note = Note(inode, lineage: newLineage())
    notes[inode.serial] = note
    return note
  }

  private func newLineage() -> Int {
    lineages += 1
    return lineages
  }
}

/// What the world does.
extension FollowModel {
  /// A service wrote `text`, and an end mark after it if it `ends` a line, the one numbered
  /// `serial`. A text without a number is a banner's.
  func wrote(_ text: [UInt8], serial: Int?, ends: Bool, to inode: SimulatedInode) {
    let note = note(of: inode)
    guard let serial else {
      bannersWritten += 1
      return
    }
    if note.tail.isEmpty, text.starts(with: "\(serial):".utf8) { note.begun = serial }
    note.tail += text
    guard ends else {
      if let first = note.begun { begun[first] = Begun(text: note.tail, holder: inode.serial) }
      return
    }
    let first = note.begun.flatMap { begun[$0] == nil ? nil : $0 }
    let isCut = first.map { begun[$0]?.isCut == true } ?? false
    lines[serial] = Line(
      text: note.tail, lineage: note.lineage, ordinal: note.lines.count, begun: first,
      holders: [inode.serial], excuse: isCut ? .cut : nil, pollWritten: isPolling ? poll : -1)
    if !isCut { outstanding.insert(serial) }
    if isPolling, note.pollTruncated == poll {
      excuse(serial, .torn)
      pollTorn = poll
    }
    note.lines.append(serial)
    note.ends.append(inode.bytes.count)
    note.tail = []
    note.begun = nil
    if !isReachable(inode) { excuse(serial, .late) }
  }

  /// A file was made that holds the first `count` bytes of another: a copy, or packed.
  func copied(_ source: SimulatedInode, first count: Int, to copy: SimulatedInode) {
    let from = note(of: source)
    let to = note(of: copy)
    to.lineage = from.lineage
    let whole = from.ends.prefix { $0 <= count }.count
    for line in from.lines[to.lines.count..<whole] {
      lines[line]?.holders.append(copy.serial)
    }
    to.lines = Array(from.lines[..<whole])
    to.ends = Array(from.ends[..<whole])
    to.begun = count == source.bytes.count ? from.begun : nil
  }

  /// The begun line at a file's end will stay begun in that file or in a copy of it.
  func abandonTail(of inode: SimulatedInode) {
    if let first = note(of: inode).begun { begun[first]?.isAbandoned = true }
  }

  func truncated(_ inode: SimulatedInode) {
    let note = note(of: inode)
    abandonTail(of: inode)
    for line in note.lines { lines[line]?.holders.removeAll { $0 == inode.serial } }
    note.lines = []
    note.ends = []
    note.tail = []
    note.begun = nil
    note.lineage = newLineage()
    if isPolling { note.pollTruncated = poll }
    sweep(.destroyed)
  }

  /// Names came or went.
  func namesChanged() {
    for (index, base) in scene.bases.enumerated() {
      let now = files.file(at: base.path)
      let before = live[index]
      guard now?.serial != before else { continue }
      live[index] = now?.serial
      if let now { note(of: now).lostNameAt = nil }
      if let before, !live.contains(before) { notes[before]?.lostNameAt = files.now }
    }
    sweep(.destroyed)
  }
}

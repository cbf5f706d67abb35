import Bytes

/// A file without its names: it lives as long as a name or an open handle leads to it.
final class SimulatedInode {
  /// What stat(2) says; used again once the file is gone.
  let number: UInt64
  /// Never used again, so that a test can tell two files with one number apart.
  let serial: Int
  var bytes: [UInt8] = []
  var modified: Int64
  /// When it was made; nought where the file system does not keep it.
  let made: Int64
  var links = 0
  var readerHandles = 0
  var writerHandles = 0
  /// Bytes at the start that were never written, as a writer leaves them that goes on at its old
  /// place after a truncation.
  var holeBytes = 0
  /// The text inside, once a packed file is whole.
  var unpacked: [UInt8]?
  /// Whether opening fails with EACCES.
  var isLocked = false
  /// Reads that are still to fail, with EIO.
  var failingReads = 0
  /// The reader's call that failed last.
  var failedCall = -1

  init(number: UInt64, serial: Int, modified: Int64, made: Int64) {
    self.number = number
    self.serial = serial
    self.modified = modified
    self.made = made
  }

  var isGone: Bool { links == 0 && readerHandles == 0 && writerHandles == 0 }
}

/// A file as a service has it open: it keeps the file, whatever happens to the name.
final class SimulatedWriter {
  let inode: SimulatedInode
  private let files: SimulatedFiles
  /// Where the next write goes; nil with O_APPEND.
  private var offset: Int?

  init(_ inode: SimulatedInode, in files: SimulatedFiles, appends: Bool) {
    self.inode = inode
    self.files = files
    offset = appends ? nil : inode.bytes.count
    inode.writerHandles += 1
  }

  deinit {
    inode.writerHandles -= 1
    files.forgetIfGone(inode)
  }

  func write(_ bytes: [UInt8]) {
    if let offset {
      precondition(offset >= inode.bytes.count, "no second writer lets the file grow")
      if offset > inode.bytes.count {
        if inode.bytes.isEmpty { inode.holeBytes = offset }
        inode.bytes += [UInt8](repeating: 0, count: offset - inode.bytes.count)
      }
      self.offset = offset + bytes.count
    }
    inode.bytes += bytes
    inode.modified = files.stamp
  }
}

/// The inode numbers of one device: like ext4, the lowest free one is used first.
struct SimulatedInodeNumbers {
  private var used: [Bool] = []
  private static let first: UInt64 = 12

  mutating func take() -> UInt64 {
    let index = used.firstIndex(of: false) ?? used.count
    if index == used.count { used.append(true) } else { used[index] = true }
    return Self.first + UInt64(index)
  }

  mutating func giveBack(_ number: UInt64) { used[Int(number - Self.first)] = false }
}

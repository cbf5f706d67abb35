/// A program that writes lines into a log, numbered so that each can be told from all others.
final class SimulatedService {
  private let files: SimulatedFiles
  private let model: FollowModel
  private let base: FollowScene.Base
  private var writer: SimulatedWriter?
  /// The end of the line that was begun.
  private var rest: (serial: Int, text: [UInt8])?

  init(_ files: SimulatedFiles, _ model: FollowModel, _ base: FollowScene.Base) {
    self.files = files
    self.model = model
    self.base = base
  }

  var inode: SimulatedInode? { writer?.inode }

  /// Closes its file and opens the path, which may make a file. False if the folder is gone.
  func reopen() {
    writer = nil
    open()
  }

  private func open() {
    if let inode = files.file(at: base.path) {
      writer = SimulatedWriter(inode, in: files, appends: base.appends)
    } else if !base.isLinked, files.entryItself(at: base.path) == nil,
      files.folder(at: base.folder) != nil
    {
      let inode = files.makeFile(base.path)
      writer = SimulatedWriter(inode, in: files, appends: base.appends)
      model.namesChanged()
    }
  }

  /// Writes whole lines in one go, each with so many bytes of filling.
  func write(_ filling: [Int], numbers: inout Int) {
    if rest != nil { complete() }
    if writer == nil { open() }
    for bytes in filling {
      numbers += 1
      put(Self.line(numbers, filling: bytes), serial: numbers, ends: true)
    }
  }

  /// Writes the first part of a line.
  func begin(filling: Int, numbers: inout Int) {
    guard rest == nil else { return }
    if writer == nil { open() }
    numbers += 1
    let line = Self.line(numbers, filling: filling)
    let cut = "\(numbers):".utf8.count + filling / 2
    rest = (numbers, Array(line[cut...]))
    put(Array(line[..<cut]), serial: numbers, ends: false)
  }

  /// Writes the rest of the line that was begun.
  func complete() {
    guard let (serial, text) = rest else { return }
    if writer == nil { open() }
    rest = nil
    put(text, serial: serial, ends: true)
  }

  /// Writes the fixed first lines of a new file, if it is empty.
  func writeBanner() {
    guard let writer, writer.inode.bytes.isEmpty else { return }
    for number in 0..<base.bannerLines { putBanner(number, writer) }
  }

  private func putBanner(_ number: Int, _ writer: SimulatedWriter) {
    let text = Array("# the service's fixed line \(number)".utf8)
    writer.write(text + [0x0A])
    model.wrote(text, serial: nil, ends: true, to: writer.inode)
  }

  private func put(_ text: [UInt8], serial: Int, ends: Bool) {
    guard let writer else { return }
    writer.write(ends ? text + [0x0A] : text)
    model.wrote(text, serial: serial, ends: ends, to: writer.inode)
  }

  /// `12:filling:12~`. No two lines have a window of bytes in common that would hide one from the
  /// other.
  private static func line(_ number: Int, filling: Int) -> [UInt8] {
    var text = Array("\(number):".utf8)
    for index in 0..<filling {
      text.append(UInt8(ascii: "a") + UInt8((number &* (index + 7) + index / 26) % 26))
    }
    return text + ":\(number)~".utf8
  }
}

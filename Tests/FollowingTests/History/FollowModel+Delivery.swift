import Bytes

/// What the reader hands on, held against the truth.
extension FollowModel {
  static let bannerMark = UInt8(ascii: "#")
  static let endMark = UInt8(ascii: "~")
  private static let colon = UInt8(ascii: ":")

  /// The reader handed a line on.
  func deliver(_ bytes: Span<UInt8>) {
    // The hole before a line is no part of it.
    var text: [UInt8] = []
    for index in 0..<bytes.count where !(text.isEmpty && bytes[index] == 0) {
      text.append(bytes[index])
    }
    if text.first == Self.bannerMark {
      bannersDelivered += 1
      pending.append(.banner)
    } else if text.last == Self.endMark, let serial = Self.lastNumber(text) {
      deliverEnd(text, serial)
    } else if isAmbiguous(text) {
      // A digit or two may begin many lines, so it cannot be told whether the line was to be cut.
      return
    } else if let serial = beginning(with: text) {
      fragments[serial, default: 0] += 1
      pending.append(.fragment(serial))
    } else if pollTorn != poll {
      fail(
        .invented, "'\(String(decoding: text, as: UTF8.self))' was handed on, which nobody wrote")
    }
  }

  /// The number of the line that begins like this.
  private func beginning(with text: [UInt8]) -> Int? {
    guard let serial = Self.firstNumber(text) else { return nil }
    let isPart =
      begun[serial]?.text.starts(with: text) == true
      || lines[serial]?.text.starts(with: text) == true
    return isPart ? serial : nil
  }

  private func isAmbiguous(_ text: [UInt8]) -> Bool {
    guard !text.contains(Self.colon) else { return false }
    return begun.contains { $0.value.text.starts(with: text) }
      || lines.contains { $0.value.text.starts(with: text) }
  }

  private func deliverEnd(_ text: [UInt8], _ serial: Int) {
    guard let line = lines[serial] else {
      if pollTorn == poll { return }
      fail(
        .invented, "'\(String(decoding: text, as: UTF8.self))' was handed on before it was written")
      return
    }
    if line.text == text || line.excuse == .torn {
      lines[serial]?.deliveries += 1
      pending.append(.line(serial))
      outstanding.remove(serial)
      if line.deliveries > 0, line.excuse != .torn {
        let isRecent = pending.dropLast().contains(.line(serial))
        let earlier = isRecent ? "" : " and committed"
        fail(
          isRecent ? .repeated : .reread,
          "\(self.text(serial)) was handed on\(earlier) before, and now again")
      }
    } else if line.text.count > text.count, line.text.suffix(text.count).elementsEqual(text),
      let first = line.begun, begun[first]?.isCut == true || begun[first]?.isAbandoned == true
    {
      lines[serial]?.suffixDeliveries += 1
      pending.append(.suffix(serial))
      if line.suffixDeliveries > 0 {
        fail(.repeated, "the end of \(self.text(serial)) was handed on twice")
      }
    } else if pollTorn != poll {
      fail(
        .invented,
        "'\(String(decoding: text, as: UTF8.self))' was handed on, which is not "
          + self.text(serial))
    }
  }

  /// After a poll: was every half of a line that was handed on one whose end was not to be waited
  /// for, or was destroyed?
  func checkFragments() {
    for case .fragment(let serial) in pending where checked.insert(serial).inserted {
      if fragments[serial, default: 0] > 1 {
        fail(.repeated, "half of line \(serial) was handed on twice")
      }
      // A line whose end went to another file is no whole one anywhere.
      let beginning = Array("\(serial):".utf8)
      let whole = lines.filter {
        $0.value.begun == serial || ($0.key == serial && $0.value.text.starts(with: beginning))
      }
      for (number, line) in whole where line.excuse == nil && line.pollWritten != poll {
        fail(.halved, "\(text(number)) is there whole, but only its first part was handed on")
      }
      guard let part = begun[serial] else { continue }
      let isDestroyed = whole.values.contains { $0.excuse != nil }
      guard part.isAbandoned || isDestroyed || isPastGrace(part.holder) else {
        fail(.halved, "the begun line \(serial) was handed on although its end may yet come")
        continue
      }
      begun[serial]?.isCut = true
      for number in whole.keys {
        if lines[number]?.excuse == nil { lines[number]?.excuse = .cut }
        outstanding.remove(number)
      }
    }
  }

  private func isPastGrace(_ holder: Int) -> Bool {
    guard let note = notes[holder] else { return true }
    if note.inode.isGone { return true }
    guard let lost = note.lostNameAt else { return false }
    return files.now - lost >= FollowScene.graceNanoseconds
  }

  /// What was read so far will not be read again after a crash.
  func commit() {
    committed += pending
    pending = []
  }

  /// The reader is gone with what it knew since the last commit.
  func rollBack() {
    for delivery in pending {
      switch delivery {
      case .line(let serial):
        lines[serial]?.deliveries -= 1
        if lines[serial]?.deliveries == 0, lines[serial]?.excuse == nil {
          outstanding.insert(serial)
        }
      case .suffix(let serial): lines[serial]?.suffixDeliveries -= 1
      case .fragment(let serial):
        fragments[serial, default: 0] -= 1
        checked.remove(serial)
      case .banner: bannersDelivered -= 1
      }
    }
    pending = []
    for note in notes.values {
      note.wasHeld = false
      note.look = nil
    }
    sweep(.rolledBack)
  }

  /// At the end, when all that can be read was read and committed.
  func checkEnd() {
    for line in outstanding.sorted() {
      let holders = lines[line]?.holders.compactMap { notes[$0].map(places) } ?? []
      fail(.lost, "\(text(line)) was never handed on; it is in \(holders.joined(separator: ", "))")
    }
    var last: [Int: Int] = [:]
    for case .line(let serial) in committed {
      guard let line = lines[serial], line.excuse != .torn else { continue }
      if let before = last[line.lineage], before > line.ordinal {
        fail(.disordered, "\(text(serial)) came after a later line of its file")
      }
      last[line.lineage] = line.ordinal
    }
    if bannersDelivered > bannersWritten {
      fail(.repeated, "\(bannersDelivered) banner lines were handed on, \(bannersWritten) written")
    }
    for note in notes.values where note.inode.links == 0 && note.inode.readerHandles > 0 {
      fail(.leaking, "a deleted file is still open after the retirement limit")
    }
  }

  private func places(of note: Note) -> String {
    var names: [String] = []
    for base in scene.bases {
      for (name, entry) in files.folder(at: base.folder)?.entries ?? [:] {
        if case .file(let inode) = entry, inode === note.inode {
          names.append("\(base.folder)/\(name)")
        }
      }
    }
    return names.isEmpty ? "a file without a name" : Set(names).sorted().joined(separator: " = ")
  }
}

extension FollowModel {
  private static func firstNumber(_ text: [UInt8]) -> Int? {
    number(text.prefix { $0 != colon })
  }

  private static func lastNumber(_ text: [UInt8]) -> Int? {
    guard let last = text.lastIndex(of: colon) else { return nil }
    return number(text[(last + 1)...].dropLast())
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit), value < 1_000_000_000 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}

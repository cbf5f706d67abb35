import Bytes
import Testing

@testable import Following

@Suite("What is remembered of closed files")
struct LineageTests {
  private func closed(_ inode: UInt64, modified: Int64) -> FileCheckpoint {
    FileCheckpoint(
      identity: FileIdentity(device: 1, inode: inode), trail: TextTrail(), resumeOffset: 1,
      lineNumber: 1, encoding: .bytes, isSkipping: false, modified: modified, size: 1,
      wasTruncated: false)
  }

  @Test("nothing is forgotten while older files may still be left to be read")
  func unsettled() {
    var lineage = Lineage()
    // The newest is read first when rotated files are numbered the other way round.
    for age in 0..<Limits.rememberedFiles + 500 {
      lineage.remember(closed(UInt64(age), modified: Int64(10_000 - age)))
    }
    #expect(lineage.pastModified == .min)
    #expect(lineage.closed.count == Limits.rememberedFiles + 500)
  }

  @Test("beyond the bound those written to the longest ago are forgotten, and count as past")
  func settled() {
    var lineage = Lineage()
    for age in 0..<Limits.rememberedFiles + 500 {
      lineage.remember(closed(UInt64(age), modified: Int64(10_000 - age)))
    }
    let isMissing = lineage.settle()
    #expect(!isMissing)
    #expect(lineage.closed.count == Limits.rememberedFiles)
    #expect(lineage.closed.allSatisfy { $0.modified >= lineage.pastModified })
    // The youngest of those forgotten is past, the oldest of those kept is not.
    #expect(lineage.pastModified == Int64(10_000 - Limits.rememberedFiles + 1))
  }

  @Test("only texts that may begin alike are looked at more closely")
  func alike() {
    var lineage = Lineage()
    for (inode, text) in [(1, "one\n"), (2, "two\n"), (3, "one\nand more\n")] {
      var file = closed(UInt64(inode), modified: 0)
      file.trail.append(Array(text.utf8).span)
      lineage.remember(file)
    }
    // Of this one nothing is known but that it was there.
    lineage.remember(closed(4, modified: 0))
    let found = lineage.identities(alike: Array("one\nand".utf8))
    #expect(Set(found.map(\.inode)) == [1, 3, 4])
  }
}

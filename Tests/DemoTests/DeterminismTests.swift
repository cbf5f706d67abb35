import Demo
import Testing

@Suite("The demo's log is the same every time")
struct DeterminismTests {
  @Test("the same options give the same bytes, on every machine and in every build")
  func checksum() {
    var service = DemoService(options: .small)
    // FNV-1a over all lines; a change of the generator changes the number on purpose.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    while let line = service.next() {
      for byte in line.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    #expect(hash == 13_220_620_259_640_669_921)
  }

  @Test("another seed gives another log")
  func seeds() {
    var other = DemoOptions.small
    other.seed += 1
    #expect(DemoLog.small.texts(.nginxAccess) != DemoLog(other).texts(.nginxAccess))
  }

  @Test("what the release does changes nothing before it")
  func beforeTheRelease() {
    var good = DemoOptions.goodRelease
    good.before = 200
    good.after = 200
    good.errorShare = DemoOptions.small.errorShare
    let release = Int64(good.release) * 1_000_000
    for file in DemoFile.allCases {
      let bad = DemoLog.small.lines[file, default: []].filter { $0.time < release }
      let fine = DemoLog(good).lines[file, default: []].filter { $0.time < release }
      #expect(bad.map(\.text) == fine.map(\.text))
    }
  }

  @Test("the random source gives the published numbers of SplitMix64")
  func splitMix64() {
    var source = SplitMix64(seed: 1_234_567)
    #expect(source.next() == 6_457_827_717_110_365_317)
    #expect(source.next() == 3_203_168_211_198_807_973)
    #expect(source.next() == 9_817_491_932_198_370_423)
  }
}

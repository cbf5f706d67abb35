import Testing

@testable import Simulation

@Suite("Peers")
struct PeerTests {
  private let quiet = [Double](repeating: 1, count: 2_160)
  private let threshold = 8.7

  @Test("a tenfold rise is seen by each peer", arguments: Peer.allCases)
  func rise(_ peer: Peer) {
    var random = RandomStream(seed: 2)
    let row =
      (0..<2_160).map { _ in random.poisson(1) } + (0..<360).map { _ in random.poisson(10) }
    #expect(peer.alarms(row, baselineWindows: 2_160, threshold: threshold))
  }

  @Test("a steady count alarms no peer", arguments: Peer.allCases)
  func steady(_ peer: Peer) {
    let row = quiet + quiet.prefix(360)
    #expect(!peer.alarms(row, baselineWindows: 2_160, threshold: threshold))
  }

  @Test("Kayenta's metric is high when the interval of the shift is above its tolerance")
  func ranks() {
    // Minutes of 6, 12, …: ten each of 12 and 6, and the estimate of the shift is 6.
    let control = (0..<60).flatMap { minute in
      [Double](repeating: minute % 2 == 0 ? 1 : 2, count: 6)
    }
    let raised = [Double](repeating: 3, count: 60)
    let judge = RankJudge(before: control[...], after: raised[...])
    #expect(judge.raisedMinutes.prefix(4).allSatisfy { !$0 })
    #expect(judge.raisedMinutes.last == true)
    let same = RankJudge(before: control[...], after: control[..<60])
    #expect(!same.raisedMinutes.contains(true))
  }
}

import Foundation
import Testing

@testable import Statistics

/// What a channel knows of the look before must not show in its evidence.
@Suite("Evidence at looks that follow each other")
struct FollowingRootTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let phi: Double
    let direction: RatioMixture.Direction
    let exposure: Double
    var testDescription: String { "phi \(phi), \(direction), \(exposure) a window" }
  }

  static let cases: [Case] = [0.02, 0.5, 0.97, 1, 1.000_001, 1.4, 5, 60, 4_000].flatMap { phi in
    [RatioMixture.Direction.up, .down].flatMap { direction in
      [10, 900].map { Case(phi: phi, direction: direction, exposure: $0) }
    }
  }

  @Test("it is that of a channel that solves everything anew", arguments: cases)
  func same(_ one: Case) {
    var random = SeededRandom(41)
    var channel = Channel(
      baselineEvents: 700, baselineExposure: 2_000 * one.exposure, phi: one.phi, r0: 1.1,
      direction: one.direction, looks: 400, starts: 20)
    for look in 0..<400 {
      // Uneven windows, some without exposure, a gap, and traffic that grows.
      var exposure = one.exposure * random.uniform() * 2
      if look % 37 == 5 { exposure = 0 }
      if look == 200 { exposure *= 60 }
      let events = exposure > 0 ? random.poisson(0.4 + (look > 250 ? 1 : 0)) : 0
      channel.add(events: events, exposure: exposure)
      if one.phi > 1, look % 3 == 0 { channel.phi = 1 + (channel.phi - 1) * 1.002 }
      let anew = channel.logE()
      let followed = channel.evaluate()
      // Newton leaves about 1e-14 of the root, which every event carries into the evidence.
      let rounding = 1e-14 * (channel.events + channel.baselineEvents)
      #expect(abs(followed - anew) <= 1e-12 * max(1, abs(anew)) + rounding, "look \(look)")
    }
  }

  @Test(
    "log(1 + x) is as exact as the library's",
    arguments: [-0.999_999, -1e-3, -1e-12, 0, 3e-9, 0.2, 1e17])
  func logOnePlus(_ start: Double) {
    var x = start
    for _ in 0..<200 {
      let exact = log1p(x)
      #expect(abs(EValue.logOnePlus(x) - exact) <= 4e-16 * abs(exact))
      x *= 0.97
    }
  }
}

import Store
import Testing

@Suite("The place of the state file")
struct StateLocationTests {
  struct Place: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var option: String?
    var environment: [String: String]
    var path: String
  }

  static let places = [
    Place(
      testDescription: "--state beats all else", option: "here.db",
      environment: ["TIDEMARK_STATE": "/a.db", "XDG_STATE_HOME": "/x", "HOME": "/h"],
      path: "here.db"),
    Place(
      testDescription: "TIDEMARK_STATE beats the folders",
      environment: ["TIDEMARK_STATE": "/a.db", "XDG_STATE_HOME": "/x", "HOME": "/h"], path: "/a.db"),
    Place(
      testDescription: "XDG_STATE_HOME beats the home folder",
      environment: ["XDG_STATE_HOME": "/x", "HOME": "/h"], path: "/x/tidemark/tidemark.db"),
    Place(
      testDescription: "a relative XDG_STATE_HOME is ignored",
      environment: ["XDG_STATE_HOME": "x", "HOME": "/h"],
      path: "/h/.local/state/tidemark/tidemark.db"),
    Place(
      testDescription: "variables set to nothing are ignored",
      environment: ["TIDEMARK_STATE": "", "XDG_STATE_HOME": "", "HOME": "/h"],
      path: "/h/.local/state/tidemark/tidemark.db"),
  ]

  @Test("follows option and environment", arguments: places)
  func place(place: Place) throws {
    #expect(
      try StateLocation.resolve(option: place.option, environment: place.environment) == place.path)
  }

  @Test(
    "is asked for when nothing tells it",
    arguments: [[:], ["HOME": ""], ["HOME": "relative"]] as [[String: String]])
  func unknown(environment: [String: String]) {
    let error = #expect(throws: StateLocation.Unknown.self) {
      try StateLocation.resolve(option: nil, environment: environment)
    }
    #expect(error?.description.contains("--state FILE") == true)
  }

  @Test("is a mistake when the option is empty")
  func empty() {
    #expect(throws: StateLocation.Unknown.self) {
      try StateLocation.resolve(option: "", environment: ["HOME": "/h"])
    }
  }
}

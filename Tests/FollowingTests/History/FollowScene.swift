/// What is followed in a history, and the traits of the place where it happens.
struct FollowScene: Sendable {
  struct Base: Sendable {
    /// The path that a service logs to.
    let path: String
    let folder: String
    let name: String
    /// Whether the service opens it with O_APPEND.
    let appends: Bool
    /// Whether the path is a link to a dated file.
    let isLinked: Bool
    /// Fixed first lines of a new file.
    let bannerLines: Int

    init(_ path: String, appends: Bool = true, isLinked: Bool = false, bannerLines: Int = 2) {
      let slash = path.lastIndex(of: "/") ?? path.startIndex
      self.path = path
      folder = String(path[..<slash])
      name = String(path[path.index(after: slash)...])
      self.appends = appends
      self.isLinked = isLinked
      self.bannerLines = bannerLines
    }
  }

  let title: String
  let arguments: [String]
  let bases: [Base]
  /// A link to a folder and the folders it can stand for.
  var swap: (link: String, folders: [String])?
  var tickNanoseconds: Int64 = 1
  var readsShort = false
  /// Whether the file system keeps when a file was made, as most do.
  var keepsMade = true
  var openFiles = 64

  static let graceNanoseconds: Int64 = 60_000_000_000
  static let retirementNanoseconds: Int64 = 300_000_000_000
  static let pollMilliseconds: Int32 = 250

  static let all: [FollowScene] = [
    FollowScene(
      title: "one named file", arguments: ["/logs/app.log"],
      bases: [Base("/logs/app.log")]),
    FollowScene(
      title: "two named files, one written without O_APPEND",
      arguments: ["/logs/app.log", "/logs/web.log"],
      bases: [Base("/logs/app.log"), Base("/logs/web.log", appends: false)]),
    FollowScene(
      title: "a folder", arguments: ["/logs"],
      bases: [
        Base("/logs/app.log"), Base("/logs/db.log", bannerLines: 40),
        Base("/logs/web.log"),
      ]),
    FollowScene(
      title: "a glob for the live files, short reads, a coarse clock, no time of making",
      arguments: ["/logs/*.log"],
      bases: [Base("/logs/app.log", bannerLines: 0), Base("/logs/web.log", bannerLines: 0)],
      tickNanoseconds: 4_000_000, readsShort: true, keepsMade: false),
    FollowScene(
      title: "a glob that matches the rotated files too, short reads",
      arguments: ["/logs/app.log*", "/logs/web.log"],
      bases: [Base("/logs/app.log"), Base("/logs/web.log")], readsShort: true),
    FollowScene(
      title: "a linked folder that is swapped",
      arguments: ["/srv/current/app.log", "/logs/web.log"],
      bases: [Base("/srv/current/app.log"), Base("/logs/web.log")],
      swap: ("/srv/current", ["/srv/one", "/srv/two"])),
    FollowScene(
      title: "a path that is a link to a dated file",
      arguments: ["/logs/app.log", "/logs/web.log"],
      bases: [Base("/logs/app.log", isLinked: true), Base("/logs/web.log")],
      tickNanoseconds: 4_000_000),
    FollowScene(
      title: "two files, one open at a time", arguments: ["/logs/app.log", "/logs/web.log"],
      bases: [Base("/logs/app.log"), Base("/logs/web.log")], openFiles: 1),
  ]
}

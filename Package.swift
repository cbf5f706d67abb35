// swift-tools-version: 6.2
import PackageDescription

// One target a stage, in the order the data flows: bytes, lines, records, matches, windows,
// verdicts, reports. A lower target never imports a higher one; `make build` checks it with
// `--explicit-target-dependency-import-check error`.

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
  .treatWarning("DeprecatedDeclaration", as: .warning),
]

func stage(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: settings)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// SQLite, from the system: `libsqlite3-dev`.
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
  name: "tidemark",
  platforms: [.macOS(.v26)],
  products: [.executable(name: "tidemark", targets: ["tidemark"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "CPacks"),
    stage("Bytes", ["CLinux"]),
    stage("Following", ["Bytes", "CLinux", "CZlib"]),
    stage("Store", ["Bytes", "CLinux", "Following", grdb]),
    stage("Records", ["Bytes"]),
    stage("Rules", ["Bytes", "Records", "CPCRE2", "CPacks", yams]),
    stage("Signatures", ["Bytes"]),
    stage("Windows", ["Records", "Rules", "Signatures"]),
    stage("Statistics"),
    stage("Judgement", ["Records", "Rules", "Windows", "Statistics"]),
    .target(name: "CSecrets"),
    stage("Redaction", ["CSecrets"]),
    stage("Reports", ["Records", "Rules", "Windows", "Judgement", "Redaction"]),
    stage("Alerts", ["Records"]),
    .target(name: "CSending"),
    stage("Sending", ["Bytes", "Alerts", "CSending"]),
    stage("Serving", ["CZlib"]),
    stage("Demo"),
    stage(
      "Watching",
      [
        "Bytes", "Following", "Store", "Records", "Signatures", "Rules", "Windows", "Judgement",
        "Redaction", "Reports", "Alerts", "Sending",
      ]),
    .executableTarget(
      name: "tidemark",
      dependencies: [
        "Bytes", "Following", "Records", "Rules", "Windows", "Judgement", "Redaction", "Reports",
        "Alerts", "Sending", "Serving", "Demo", "Store", "Watching", argumentParser,
      ],
      swiftSettings: settings),
    // Scenarios with a known answer through the real judge: `make simulate`. Not a product.
    .executableTarget(
      name: "Simulation",
      dependencies: ["Records", "Rules", "Windows", "Statistics", "Judgement", argumentParser],
      path: "Benchmarks/Simulation", swiftSettings: settings),
    tests("SimulationTests", ["Simulation", "Judgement", "Rules", "Statistics"]),
    tests("BytesTests", ["Bytes"]),
    tests("FollowingTests", ["Following", "Bytes"], exclude: ["PlantedBugs"]),
    // What the tests of Store kill; it is not part of the program.
    .executableTarget(
      name: "StoreDriver", dependencies: ["Store", "Following", "Bytes"],
      path: "Tests/StoreDriver", swiftSettings: settings),
    // Makes system calls of a program under test fail; it is not part of the program either.
    .target(
      name: "FaultLibrary", path: "Tests/Fault", exclude: ["fault.c"], swiftSettings: settings),
    tests("StoreTests", ["Store", "StoreDriver", "FaultLibrary", "Following", "Bytes", grdb]),
    tests("RecordsTests", ["Records", "Bytes"], resources: [.copy("Fixtures")]),
    tests("RulesTests", ["Rules", "Records", "Bytes"], exclude: ["Fixtures"]),
    tests("StatisticsTests", ["Statistics"], resources: [.copy("Fixtures")]),
    tests("SignaturesTests", ["Signatures", "Bytes"], resources: [.copy("Fixtures")]),
    // Measures the grouping of labelled messages; it is not part of the program.
    .executableTarget(
      name: "Grouping", dependencies: ["Signatures", "Bytes"], path: "Benchmarks/Grouping",
      exclude: ["generate.py"], swiftSettings: settings),
    tests("WindowsTests", ["Windows", "Rules", "Records"]),
    tests("JudgementTests", ["Judgement", "Windows", "Rules", "Records"]),
    tests("RedactionTests", ["Redaction"], exclude: ["plant.py"], resources: [.copy("Fixtures")]),
    tests("ReportsTests", ["Reports", "Judgement", "Redaction", "Records", "Windows"]),
    tests("AlertsTests", ["Alerts"], exclude: ["Golden"]),
    tests("SendingTests", ["Sending", "Alerts"]),
    tests("ServingTests", ["Serving"]),
    tests("DemoTests", ["Demo"]),
    tests(
      "WatchingTests", ["Watching", "Following", "Records", "Rules", "Windows", "Reports", "Store"]),
    tests("CommandTests", ["tidemark", "Store", "FaultLibrary"]),
  ],
  swiftLanguageModes: [.v6]
)

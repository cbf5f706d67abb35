import Bytes
import Foundation
import Testing

/// Labelled messages of one system from `Fixtures`.
struct Sample {
  static let names = [
    "dfs", "batch", "bluegene", "syslog-cluster", "linux", "steps", "tunnel", "compute", "postgres",
    "service", "yarn", "quorum", "supercluster", "servicing", "handset", "webserver",
    "secure-shell", "desktop", "kube", "mail", "init", "search", "sql-server", "broker",
    "containers", "resolver", "firewall", "real",
  ]

  var labels: [String] = []
  var messages: [[UInt8]] = []

  init(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "tsv"))
    for line in try Data(contentsOf: url).split(separator: 0x0A) {
      let parts = line.split(separator: 0x09, maxSplits: 1)
      labels.append(String(decoding: parts[0], as: UTF8.self))
      messages.append(Array(parts[1]))
    }
  }
}

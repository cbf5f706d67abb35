package import Following
package import Judgement
package import Records
package import Reports
package import Rules
package import Windows

/// Everything a watch needs to know before it starts.
package struct WatchOptions: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    case text, json
  }

  /// Files, directories, globs, or `-` for standard input, as the user wrote them.
  package var arguments: [String]
  package var plan: WindowPlan
  package var rules: RuleSet
  package var judge = JudgeOptions()
  package var facts: WatchFacts
  package var zone: LocalZone
  package var format = Format.text
  package var style = Style(usesColor: false)
  package var lineBytesLimit = 1 << 20
  /// Threads that read the past; what they find does not depend on their number.
  package var workers = 1
  /// Keep reading as the inputs grow; otherwise judge what is there and stop.
  package var follows = true
  /// End at the first alert.
  package var failsFast = false
  /// End as soon as every gating signal is healthy or regressed.
  package var endsWhenDecided = false
  package var latenessNanoseconds: Int64 = 10_000_000_000
  package var following = FollowOptions()
  package var ledger = WatchLedger()
  /// Baselines to compare with beside or in place of what the inputs hold.
  package var stored: StoredBaselines?
  /// Signals whose alarm, or whose silence, is to be explained at the end.
  package var explained: [String] = []
  /// Stands in `explained` for everything of which something was seen.
  package static let everySignal = "all"
  /// What the exit status says when there is not enough data.
  package var undecidedStatus: Int32 = 3
  /// Brings alerts to sinks; nil if there are none.
  package var desk: AlertDesk?
  /// What scrapers, systemd and health checks see; nil if nobody looks.
  package var board: WatchBoard?
  /// The version of the program, for metrics.
  package var version = ""

  package init(
    arguments: [String], plan: WindowPlan, rules: RuleSet, facts: WatchFacts, zone: LocalZone
  ) {
    self.arguments = arguments
    self.plan = plan
    self.rules = rules
    self.facts = facts
    self.zone = zone
  }
}

/// Baselines that were stored, and where they lie before the release.
package struct StoredBaselines: Sendable {
  package var baselines: [StoredBaseline]
  package var placement: BaselinePlacement
  /// What the inputs hold before the release is compared with as well.
  package var includesBefore: Bool

  package init(
    _ baselines: [StoredBaseline], placement: BaselinePlacement, includesBefore: Bool
  ) {
    self.baselines = baselines
    self.placement = placement
    self.includesBefore = includesBefore
  }
}

/// The ledger of releases as a watch sees it.
package struct WatchLedger: Sendable {
  /// The silences at present, asked for again with each alert: they may come while the watch runs.
  package var mutes: @Sendable () -> [Mute] = { [] }
  /// What of the ledger a reader of the verdict must know, in sentences.
  package var cautions: [String] = []
  /// Keeps what the watch came to; nil where the release is in no ledger.
  package var keep: (@Sendable (WatchMemo) -> Void)?

  package init() {}
}

/// How a watch ended.
package struct WatchEnding: Sendable {
  package enum Cause: Sendable {
    case finished
    case interrupted
    case terminated

    init(_ request: StopRequest?) {
      self =
        switch request {
        case .interrupt: .interrupted
        case .terminate: .terminated
        case nil: .finished
        }
    }
  }

  package var outcome: Outcome
  package var cause: Cause
  /// The exit status that says so: the only place where outcomes become numbers.
  package var status: Int32

  init(_ outcome: Outcome, _ cause: Cause, undecidedStatus: Int32) {
    self.outcome = outcome
    self.cause = cause
    status =
      switch (cause, outcome) {
      case (.interrupted, _): 130
      case (.terminated, _): 143
      case (.finished, .healthy): 0
      case (.finished, .regressed): 1
      case (.finished, .undecided): undecidedStatus
      case (.finished, .blind): 4
      }
  }
}

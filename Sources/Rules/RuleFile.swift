/// One rule file as it is written: a pack with its rules and signals, not yet checked against each
/// other or against other files.
struct RuleFile: Sendable {
  struct RuleDefinition: Sendable {
    var position: SourcePosition
    var id: ScalarText
    var about: String?
    var ruleClass: ScalarText?
    var severity: ScalarText?
    var match: ScalarText?
    var records: [ScalarText] = []
    var condition: ScalarText?
    var fields: [FieldDefinition] = []
    var event: ScalarText?
    var captures: [CaptureDefinition] = []
    var signature: [ScalarText] = []
    var hint: String?
    var deployNoise = false
    var losesLines = false
    var replaces = false
    var advisory = false
    var samples: [SampleDefinition] = []
    var misses: [SampleDefinition] = []
  }

  struct FieldDefinition: Sendable {
    var path: ScalarText
    var values: [ScalarText]
  }

  struct CaptureDefinition: Sendable {
    var name: ScalarText
    var kind: CaptureKind
  }

  struct SampleDefinition: Sendable {
    var text: ScalarText
    var captures: [(name: ScalarText, value: ScalarText)] = []
    var also: [ScalarText] = []
  }

  struct SignalDefinition: Sendable {
    var position: SourcePosition
    var id: ScalarText
    var about: String?
    var kind: ScalarText?
    var count: ScalarText?
    var per: ScalarText?
    var value: ScalarText?
    var by: ScalarText?
    var worse: ScalarText?
    var severity: ScalarText?
    var required = false
    var advisory = false
    var quantiles: [ScalarText]?
    var explains: [ScalarText] = []
    var hint: String?
  }

  var source: RuleSource
  /// The name after `pack:`, else the file's.
  var pack: String
  var about: String?
  var rules: [RuleDefinition] = []
  var signals: [SignalDefinition] = []
  var disable: [ScalarText] = []
  /// The file could not be read as YAML, so that names of other files may stand for what is in it.
  var isUnreadable = false
}

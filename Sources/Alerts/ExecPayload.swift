/// What an executable of `exec:` gets beside the webhook's body on its standard input.
package enum ExecPayload {
  /// Values of ours only: text of logs never enters an environment.
  package static func environment(_ notice: Notice) -> [String] {
    [
      ("STATE", notice.state.rawValue), ("KEY", notice.key), ("ID", notice.id),
      ("SERVICE", notice.facts.service ?? ""), ("RELEASE", notice.facts.release),
      ("SIGNAL", notice.signal), ("SEVERITY", notice.severity.rawValue),
    ].map { "TIDEMARK_ALERT_\($0.0)=\(SinkText.oneLine($0.1))" }
      + ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]
  }
}

package import Judgement
package import Redaction
import Windows

/// What leaves the process of alerts and verdicts, without secrets.
extension Alert {
  /// Takes secrets out of what comes from the log: the signature, the route. The sample is redacted where
  /// it is shown.
  package mutating func redact(with redactor: Redactor) {
    signature = signature.map { redactor.redact(signature: $0, of: sample?.text) }
    route = route.map { redactor.redact($0) }
    story?.redact(with: redactor)
  }
}

extension Verdict {
  /// Takes secrets out of what comes from the log.
  package mutating func redact(with redactor: Redactor) {
    var redacted: [String: String] = [:]
    for index in alerts.indices {
      let signature = alerts[index].signature
      alerts[index].redact(with: redactor)
      if let signature { redacted[signature] = alerts[index].signature }
    }
    for index in signals.indices {
      signals[index].signature = signals[index].signature.map {
        redacted[$0] ?? redactor.redact($0)
      }
      signals[index].reason = redactor.redact(signals[index].reason)
      signals[index].route = signals[index].route.map { redactor.redact($0) }
      signals[index].story?.redact(with: redactor)
    }
  }
}

extension Subject {
  fileprivate mutating func redact(with redactor: Redactor) {
    route = route.map { redactor.redact($0) }
  }
}

extension Redactor {
  /// A signature is masked already, so that a secret in it may no longer look like one. What the record
  /// itself must not show is not shown of its signature either: parts that are not in the redacted record
  /// are hidden, names of what is pinned apart.
  fileprivate func redact(signature: String, of record: [UInt8]?) -> String {
    let plain = redact(signature)
    guard let record else { return plain }
    let clean = redact(record)
    guard clean != record else { return plain }
    let shown = String(decoding: clean, as: UTF8.self)
    var text = ""
    var part = ""
    func close(_ next: Character?) {
      let isName = next == "="
      text += part.isEmpty || isName || shown.contains(part) ? part : "[redacted]"
      part = ""
    }
    for character in plain {
      if " <*>=()\"'".contains(character) {
        close(character)
        text.append(character)
      } else {
        part.append(character)
      }
    }
    close(nil)
    return text
  }
}

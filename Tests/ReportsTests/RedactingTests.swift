import Records
import Redaction
import Testing
import Windows

@testable import Judgement
@testable import Reports

@Suite("Verdicts without secrets")
struct RedactingTests {
  private func alert(_ signature: String, record: String, route: String?) -> Alert {
    var alert = Alert(
      state: .firing, signal: "new.error.000000", kind: Judge.newName, severity: .error,
      unit: .requests, at: Timestamp(seconds: 0), baseline: Counted(count: 0, exposure: 1),
      candidate: Counted(count: 1, exposure: 1), logEvidence: 1, logThreshold: 0)
    alert.signature = signature
    alert.route = route
    let bytes = Array(record.utf8)
    alert.sample = Sample(
      time: Timestamp(seconds: 0), text: bytes.span, file: 0, lineNumber: 1, offset: 0,
      bytesLimit: 1_000)
    return alert
  }

  @Test("a secret whose digits are masked in the signature is hidden all the same")
  func masked() {
    var alert = alert(
      "login with password=hunter<*>secretXYZ refused (class=LoginError)",
      record: "login with password=hunter2secretXYZ refused", route: nil)
    alert.redact(with: .builtIn)
    let signature = alert.signature ?? ""
    #expect(!signature.contains("hunter") && !signature.contains("secretXYZ"))
    #expect(signature.contains("login with"))
  }

  @Test("a signature of a record without secrets stays as it is")
  func innocent() {
    var alert = alert(
      "KeyError: <*> (class=KeyError file=cart.py function=total)",
      record: "KeyError: 'discount'", route: "/orders/{}")
    alert.redact(with: .builtIn)
    #expect(alert.signature == "KeyError: <*> (class=KeyError file=cart.py function=total)")
    #expect(alert.route == "/orders/{}")
  }

  @Test("a secret in a path is hidden in the route, in alerts and verdicts alike")
  func route() {
    var alert = alert("x", record: "x", route: "/hook/password=hunterSecret/send")
    alert.redact(with: .builtIn)
    #expect(alert.route?.contains("hunterSecret") == false)
  }
}

import Records
import Windows

extension DoctorInput {
  /// What to add to which program, for what the input lacks; those of programs that may have written it
  /// where its lines do not tell which did.
  ///
  /// - Parameter others: all inputs, whose formats tell what runs beside it.
  package func remedies(among others: [DoctorInput]) -> [Remedy] {
    let lacks = lacks
    guard !lacks.isEmpty else { return [] }
    var chosen: [Remedy] = []
    if lacks.contains(.time) { chosen += timeRemedies() }
    if isPostgres, !hasRequests {
      chosen.append(.postgres)
    } else if hasRequests {
      chosen += requestRemedies(lacks, others)
    } else if lacks.contains(.requests) {
      chosen.append(.gunicorn(self))
    }
    return chosen.filter { remedy in remedy.brings.contains(where: lacks.contains) }
  }

  private func timeRemedies() -> [Remedy] {
    if has(.uvicornAccess, .uvicornDefault, .gunicornUvicornWorkerAccess) { return [.uvicornTimes] }
    if has(.pythonBasicConfig) { return [.pythonLogging] }
    if has(.kernelDmesg) { return [.kernel] }
    return [.layers]
  }

  private func requestRemedies(_ lacks: [Remedy.Lack], _ others: [DoctorInput]) -> [Remedy] {
    if has(
      .uvicornAccess, .uvicornAccessTimed, .gunicornUvicornWorkerAccess, .uvicornDefaultTimed)
    {
      return [.asgi]
    }
    var chosen: [Remedy] = []
    if has(.nginxTimed) {
      chosen.append(.nginx(self))
    } else if has(.combined, .common) {
      chosen += commonLogRemedies(others)
    } else if has(.haproxyHTTP) {
      chosen.append(.haproxy)
    }
    return chosen + [.ownLine]
  }

  /// Several programs write the common log format: names and neighbours tell which.
  private func commonLogRemedies(_ others: [DoctorInput]) -> [Remedy] {
    if isNamed("gunicorn") { return [.gunicorn(self)] }
    if isNamed("nginx") { return [.nginx(self)] }
    if isNamed("apache", "httpd") { return [.apache(self)] }
    if others.contains(where: { $0.has(.nginxError) }) { return [.nginx(self)] }
    if others.contains(where: { $0.has(.gunicornError) }) { return [.gunicorn(self)] }
    if others.contains(where: { $0.has(.apacheError24, .apacheError22) }) { return [.apache(self)] }
    return [.nginx(self), .apache(self), .gunicorn(self), .morgan]
  }
}

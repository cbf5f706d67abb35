/// What nginx knows of one request before it is answered.
struct Request {
  let route: ShopRoute
  let client: String
  let agent: String
  let blanks: Blanks
  let connection: Int

  /// `GET /api/cart HTTP/1.1`, as both servers log it.
  var line: String { "\(route.method) \(blanks.filled(route.target)) HTTP/1.1" }
}

/// One server that nginx tried, and what became of it. Absent times are written as `-`.
struct Attempt {
  let status: Int
  /// Milliseconds until connected, until the header, and until the answer was complete.
  let connect: Int64?
  let header: Int64?
  let response: Int64

  /// Nobody listens there.
  static let refused = Attempt(status: 502, connect: nil, header: nil, response: 0)
}

extension DemoService {
  /// One request, with all the lines that it leaves behind in every log.
  mutating func addRequest(at time: Int64, isBurst: Bool) {
    let first = random.integer(in: 0..<instances.count)
    var tried: [Instance] = []
    var serving: Instance?
    for offset in instances.indices where serving == nil {
      let instance = instances[(first + offset) % instances.count]
      if instance.state(at: time) == .down { tried.append(instance) } else { serving = instance }
    }
    let isNew = serving?.state(at: time) == .new
    let share =
      options.errorShare * (isNew ? options.factor : 1) * (isBurst ? options.burstFactor : 1)
    var failure: Failure?
    var place = random.pick(weights: Shop.weights)
    if random.chance(share) {
      let ordinary = Failure.ordinary[random.pick(weights: Failure.weights)]
      failure = ordinary
      place = ordinary.route
    } else if place == Shop.orders, isNew, random.chance(options.newErrorShare) {
      failure = .missingColumn
    }
    let request = makeRequest(
      place, backends: serving.map { isNew ? $0.backends.new : $0.backends.old })
    if request.route.isStatic {
      answerFromDisk(request, at: time)
    } else if failure == nil, request.route.isCached, isHit(at: time) {
      answerFromCache(request, at: time)
    } else {
      for instance in tried { addConnectRefused(instance, request, at: time) }
      let attempts = tried.map { _ in Attempt.refused }
      guard let instance = serving else {
        addAccess(
          request, from: time, to: time + 1_000, status: 502, attempts: attempts,
          cache: request.route.isCached ? "MISS" : "-", marks: .restartServerError)
        return
      }
      if let failure {
        fail(request, failure, isNew: isNew, instance, attempts, at: time)
      } else {
        succeed(request, isNew: isNew, attempts, at: time)
      }
    }
  }

  private mutating func makeRequest(_ place: Int, backends: [Int]?) -> Request {
    let networks = ["203.0.113", "198.51.100", "192.0.2"]
    let pool = backends ?? [0, 0]
    let backend = random.integer(in: 0..<pool.count)
    connection += 1
    orderNumber += place == Shop.orders ? 1 : 0
    return Request(
      route: Shop.routes[place],
      client: "\(networks[random.integer(in: 0..<3)]).\(random.integer(in: 1..<255))",
      agent: Shop.routes[place].target == "/health"
        ? "curl/8.14.1" : Shop.agents[random.pick(weights: [34, 16, 26, 12, 5, 7])],
      blanks: Blanks(
        product: random.integer(in: 1..<401), order: orderNumber,
        item: random.integer(in: 100..<999), user: random.integer(in: 1_000..<60_000),
        cart: random.integer(in: 10_000..<99_999), page: random.integer(in: 1..<9),
        word: Shop.words[random.integer(in: 0..<Shop.words.count)], backend: pool[backend],
        otherBackend: pool[(backend + 1) % pool.count],
        transaction: 730_000 + connection % 100_000),
      connection: connection)
  }

  private mutating func isHit(at time: Int64) -> Bool {
    random.chance(0.8 * (time >= release ? options.cacheHitFactor : 1))
  }

  private mutating func answerFromDisk(_ request: Request, at time: Int64) {
    let status = ordinaryStatus(of: request.route)
    if status == 404 { addMissingFile(request, at: time) }
    addAccess(request, from: time, to: time, status: status, attempts: [], cache: "-")
  }

  private mutating func answerFromCache(_ request: Request, at time: Int64) {
    let done = time + Int64(random.integer(in: 50..<900))
    addAccess(request, from: time, to: done, status: 200, attempts: [], cache: "HIT")
  }

  /// The usual course: statements, the application's line, nginx's line.
  private mutating func succeed(
    _ request: Request, isNew: Bool, _ attempts: [Attempt], at time: Int64
  ) {
    let route = request.route
    let slow = isNew ? options.slowFactor : 1
    let status = ordinaryStatus(of: route)
    var done = time + 400 + Int64(route.microseconds * random.spread() * slow)
    // A refused request never reaches the database; a COMMIT is not sent for it either.
    for query in route.queries where status < 400 || status == 404 {
      let duration = Int64(query.microseconds * random.spread() * slow) + 20
      done += duration + 300
      addStatement(query.sql, duration: duration, backend: request.blanks.backend, at: done)
      done += 100
    }
    addApp(request, status: status, from: time + 400, to: done)
    if route.method == "POST", status == 201, route.target == "/api/orders" {
      addAppMessage("INFO", "order \(request.blanks.order) placed", at: done - 50)
    } else if random.chance(0.002) {
      addAppMessage("WARNING", "stock service answered late, used the copy", at: done - 50)
    }
    finish(request, status: status, attempts, from: time, appDone: done)
  }

  /// A failure, as every layer that notices it reports it.
  private mutating func fail(
    _ request: Request, _ failure: Failure, isNew: Bool, _ instance: Instance,
    _ attempts: [Attempt], at time: Int64
  ) {
    let slow = isNew && !failure.isTimeout ? options.slowFactor : 1
    let spread = failure.isTimeout ? 1 + random.unit() * 0.004 : random.spread()
    let done = time + 400 + Int64(failure.microseconds * spread * slow)
    let newError: Marks = failure.weight == 0 ? .newError : []
    for (severity, message) in failure.postgres {
      addPostgres(
        severity, message, request, at: done - 900,
        marks: severity == "ERROR" ? newError.union(.postgresError) : [])
    }
    if let traceback = failure.traceback {
      addApp(request, status: failure.status, from: time + 400, to: done)
      addTraceback(traceback, request, at: done + 300, marks: newError)
    }
    if let message = failure.nginxError {
      addNginxError(message, instance, request, at: done)
    }
    finish(
      request, status: failure.status, attempts, from: time, appDone: done,
      hasHeader: failure.traceback != nil)
  }

  /// The access line of nginx, a moment after the application is done.
  private mutating func finish(
    _ request: Request, status: Int, _ attempts: [Attempt], from time: Int64, appDone: Int64,
    hasHeader: Bool = true
  ) {
    let done = appDone + Int64(random.integer(in: 150..<900))
    let milliseconds = (done - time) / 1_000
    let last = Attempt(
      status: status, connect: 0, header: hasHeader ? milliseconds : nil, response: milliseconds)
    addAccess(
      request, from: time, to: done, status: status, attempts: attempts + [last],
      cache: request.route.isCached ? (random.chance(0.7) ? "MISS" : "EXPIRED") : "-")
  }

  private mutating func ordinaryStatus(of route: ShopRoute) -> Int {
    var draw = random.unit()
    for end in route.otherEnds {
      if draw < end.share { return end.status }
      draw -= end.share
    }
    return route.status
  }
}

import Records

/// The lines, program by program. What each makes the program log is read by `Records`.
extension Remedy {
  static func nginx(_ input: DoctorInput) -> Remedy {
    Remedy(
      "nginx", brings: [.latency, .cacheStatus],
      place: "inside http { }, instead of its access_log",
      lines: [
        "log_format tidemark '$remote_addr - $remote_user [$time_local] \"$request\" $status "
          + "$body_bytes_sent \"$http_referer\" \"$http_user_agent\" rt=$request_time "
          + "urt=$upstream_response_time ucs=$upstream_cache_status';",
        "access_log \(path(input, else: "/var/log/nginx/access.log")) tidemark;",
      ],
      note: "ucs= is - where nginx does not cache")
  }

  static func apache(_ input: DoctorInput) -> Remedy {
    Remedy(
      "Apache", brings: [.latency], place: "instead of its CustomLog",
      lines: [
        "LogFormat \"%h %l %u %t \\\"%r\\\" %>s %O \\\"%{Referer}i\\\" \\\"%{User-Agent}i\\\" "
          + "rt=%Dus\" tidemark",
        "CustomLog \(path(input, else: "/var/log/apache2/access.log")) tidemark",
      ])
  }

  static let gunicornFormat =
    "%(h)s %(l)s %(u)s %(t)s \"%(r)s\" %(s)s %(b)s \"%(f)s\" \"%(a)s\" rt=%(L)s"

  static func gunicorn(_ input: DoctorInput) -> Remedy {
    let file = input.hasRequests ? path(input, else: "-") : "-"
    return Remedy(
      "gunicorn", brings: [.requests, .latency], place: "on its command line",
      lines: ["--access-logfile \(file) --access-logformat '\(gunicornFormat)'"],
      note: "not with uvicorn's workers, which leave the format alone")
  }

  static let morgan = Remedy(
    "Express with morgan", brings: [.latency], place: "instead of morgan('combined')",
    lines: [
      "app.use(morgan(':remote-addr - :remote-user [:date[clf]] \":method :url HTTP/:http-version\" "
        + ":status :res[content-length] \":referrer\" \":user-agent\" duration_ms=:response-time'))"
    ])

  static let asgi = Remedy(
    "uvicorn, hypercorn (FastAPI, Starlette, any ASGI)",
    brings: [.time, .requests, .latency, .cacheStatus, .databaseCalls, .databaseTime],
    place:
      "in the application: app.add_middleware(TidemarkLog); start uvicorn with --no-access-log",
    lines: [
      "import datetime, time, urllib.parse",
      "",
      "class TidemarkLog:",
      "    def __init__(self, app):",
      "        self.app = app",
      "",
      "    async def __call__(self, scope, receive, send):",
      "        if scope[\"type\"] != \"http\":",
      "            return await self.app(scope, receive, send)",
      "        begin, facts, status = time.perf_counter(), scope.setdefault(\"state\", {}), 500",
      "",
      "        async def watched(message):",
      "            nonlocal status",
      "            if message[\"type\"] == \"http.response.start\":",
      "                status = message[\"status\"]",
      "            await send(message)",
      "",
      "        try:",
      "            await self.app(scope, receive, watched)",
      "        finally:",
      "            now = datetime.datetime.now(datetime.timezone.utc).isoformat()",
      "            path = urllib.parse.quote(scope[\"path\"])",
      "            print(f'time={now} level=info msg=request method={scope[\"method\"]} path={path} '",
      "                  f'status={status} duration_ms={(time.perf_counter() - begin) * 1000:.3f} '",
      "                  f'cache={facts.get(\"cache\", \"-\")} db_calls={facts.get(\"db_calls\", \"-\")} '",
      "                  f'db_ms={facts.get(\"db_ms\", \"-\")}', flush=True)",
    ],
    note:
      "the application sets request.state.cache (HIT or MISS), .db_calls and .db_ms where it knows them; "
      + "both logs together would count every request twice")

  static let ownLine = Remedy(
    "the service itself", brings: [.cacheStatus, .databaseCalls, .databaseTime],
    place: "in the line that it logs for each request (no web server knows its database)",
    lines: [
      "time=2026-11-22T14:03:00Z level=info method=GET path=/orders/7 status=200 duration_ms=12.5 "
        + "cache=HIT db_calls=3 db_ms=4.1"
    ],
    note: "or the same names as JSON")

  static let postgres = Remedy(
    "PostgreSQL", brings: [.databaseTime],
    place: "in postgresql.conf, then SELECT pg_reload_conf()",
    lines: ["log_line_prefix = '%m [%p] %q%u@%d '", "log_min_duration_statement = 0"],
    note: "0 logs every statement; on a busy server 250ms logs the slow ones")

  static let uvicornTimes = Remedy(
    "uvicorn", brings: [.time],
    place: "while nothing else changes, read it through a layer that adds times",
    lines: layers.lines)

  static let pythonLogging = Remedy(
    "Python's logging", brings: [.time], place: "where logging is set up",
    lines: ["logging.basicConfig(format='%(asctime)s %(levelname)s %(name)s: %(message)s')"])

  static let kernel = Remedy(
    "the kernel", brings: [.time], place: "instead of dmesg",
    lines: ["journalctl -k -o json --no-pager | tidemark doctor -"])

  /// Outer layers that add a time to whatever is inside.
  static let layers = Remedy(
    "whatever writes it", brings: [.time],
    place: "log the time, or read it through a layer that adds one",
    lines: [
      "kubectl logs --timestamps deploy/NAME | tidemark doctor -",
      "docker logs --timestamps NAME 2>&1 | tidemark doctor -",
      "journalctl -u NAME -o json --no-pager | tidemark doctor -",
    ])

  static let haproxy = Remedy(
    "HAProxy", brings: [.requests, .latency], place: "in the defaults or frontend section",
    lines: ["option httplog"])

  /// The file of an input as its program is told it.
  private static func path(_ input: DoctorInput, else usual: String) -> String {
    input.isStream || !input.name.hasPrefix("/") ? usual : input.name
  }
}

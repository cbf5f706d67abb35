import Signatures
import Testing

private func key(_ text: String) -> String {
  let bytes = Array(text.utf8)
  let parts = PinnedParts(bytes.span)
  var key: [UInt8] = []
  parts.appendKind(of: bytes.span, to: &key)
  parts.appendFrame(of: bytes.span, to: &key)
  return String(decoding: key, as: UTF8.self)
}

@Suite struct PinnedPartsTests {
  @Test func aPythonTracebackIsItsClassAndOwnFrame() {
    let text = """
      ERROR:    Exception in ASGI application
      Traceback (most recent call last):
        File "/usr/local/lib/python3.11/site-packages/uvicorn/h11_impl.py", line 411, in run_asgi
          result = await app(  # type: ignore
                   ^^^^^^^^^^
        File "/srv/app/cart.py", line LINE, in total
          return d["user_id"]
                 ~^^^^^^^^^^^
        File "/usr/local/lib/python3.11/json/decoder.py", line 5, in decode
      KeyError: 'user_id'
      a note
      another: note
      """
    let one = key(text.replacing("LINE", with: "15"))
    #expect(one == "class=KeyError file=cart.py function=total")
    #expect(key(text.replacing("LINE", with: "99")) == one)
    #expect(key(text.replacing("KeyError", with: "IndexError")) != one)
  }

  @Test func aPythonChainIsPinnedByItsFirstError() {
    #expect(
      key(
        """
        Traceback (most recent call last):
          File "/srv/app/db.py", line 3, in load
        sqlite3.OperationalError: no such table: nosuch

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "/srv/app/api.py", line 8, in get
        sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: nosuch
        [SQL: select foo from nosuch]
        """)
        == "class=sqlite3.OperationalError outer=sqlalchemy.exc.OperationalError name=nosuch"
        + " file=db.py function=load")
  }

  @Test func theErrorsOfAGroupArePinnedInAnyOrder() {
    func group(_ first: String, _ second: String) -> String {
      """
        + Exception Group Traceback (most recent call last):
        |   File "/srv/app/main.py", line 10, in run
        | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
        +-+---------------- 1 ----------------
          | Traceback (most recent call last):
          |   File "/srv/app/job.py", line 4, in work
          | \(first): x
          +---------------- 2 ----------------
          | \(second): y
          +------------------------------------
      WARNING:  StatReload detected changes
      """
    }
    let one = key(group("KeyError", "ValueError"))
    #expect(
      one == "class=ExceptionGroup group=KeyError group=ValueError file=main.py function=run")
    #expect(key(group("ValueError", "KeyError")) == one)
    #expect(key(group("ValueError", "TypeError")) != one)
  }

  @Test func aJavaTraceIsPinnedByItsLastCause() {
    let text = """
      2026-11-22 10:00:00 ERROR [http-1] c.e.Api - order 7 failed
      java.lang.IllegalStateException: order 7 failed
      \tat com.example.Api.get(Api.java:LINE)
      \tat java.base/java.lang.reflect.Method.invoke(Method.java:569)
      Caused by: java.lang.NumberFormatException: For input string: "x"
      \tat java.base/java.lang.Integer.parseInt(Integer.java:668)
      \tat org.springframework.Foo.bar(Foo.java:1)
      \tat com.example.Cart$$Enhancer$$1a2b.total(<generated>)
      \tat com.example.Cart.lambda$total$0(Cart.java:LINE)
      \tSuppressed: java.lang.Error: y
      \t... 12 more
      """
    let one = key(text.replacing("LINE", with: "3"))
    #expect(
      one
        == "class=java.lang.NumberFormatException outer=java.lang.IllegalStateException"
        + " function=com.example.Cart.lambda$total")
    #expect(key(text.replacing("LINE", with: "77")) == one)
  }

  @Test func aNodeTraceIsPinnedByItsCause() {
    #expect(
      key(
        """
        node:internal/errors:541
              throw error;
              ^

        TypeError: fetch failed
            at node:internal/deps/undici/undici:14976:13
            at async load (/srv/app/src/cart.js:10:3) {
          [cause]: Error: connect ECONNREFUSED 127.0.0.1:1
              at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16) {
            errno: -111,
            code: 'ECONNREFUSED'
        }
        """) == "class=Error outer=TypeError code=ECONNREFUSED file=cart.js function=load")
  }

  @Test func aNodeErrorsCodeIsPinned() {
    #expect(
      key(
        """
        Error [ERR_HTTP_HEADERS_SENT]: Cannot set headers after they are sent to the client
            at ServerResponse.setHeader (node:_http_outgoing:655:11)
            at Server.<anonymous> (/srv/app/server.js:1:75)
        """)
        == "class=Error code=ERR_HTTP_HEADERS_SENT file=server.js function=Server.<anonymous>")
  }

  @Test func aGoPanicIsPinnedByTheFirstOwnFunction() {
    #expect(
      key(
        """
        panic: runtime error: index out of range [5] with length 3

        goroutine 17 [running]:
        runtime.gopanic({0x4a1b20, 0xc00001c0a8})
        \t/usr/local/go/src/runtime/panic.go:884 +0x212
        main.(*Cart).total.func1(0xc000012345, 0x5)
        \t/srv/app/cart.go:12 +0x1d
        main.main()
        \t/srv/app/main.go:8 +0x20

        goroutine 18 [chan receive]:
        main.other()
        \t/srv/app/other.go:8 +0x20
        """) == "class=panic: runtime error function=main.(*Cart).total")
  }

  @Test func rubyPHPDotNetAndRustArePinned() {
    #expect(
      key(
        """
        app/cart.rb:12:in 'total': undefined method 'price' for nil (NoMethodError)
        \tfrom /usr/lib/ruby/gems/3.2.0/gems/rack-3/lib/rack.rb:3:in 'call'
        \tfrom app/main.rb:4:in '<main>'
        """) == "class=NoMethodError file=cart.rb function=total")
    #expect(
      key(
        """
        PHP Fatal error:  Uncaught TypeError: bad in /srv/app/vendor/a/b.php:12
        Stack trace:
        #0 /srv/app/vendor/a/b.php(12): A->b()
        #1 /srv/app/src/Cart.php(40): App\\Cart->total(5)
        #2 {main}
          thrown in /srv/app/vendor/a/b.php on line 12
        """) == "class=TypeError file=Cart.php function=App\\Cart->total")
    #expect(
      key(
        """
        Unhandled exception. System.InvalidOperationException: outer
         ---> System.ArgumentNullException: Value cannot be null.
           at System.Linq.Enumerable.First(IEnumerable x)
           at Shop.Cart.Total(Int32 id) in C:\\src\\Cart.cs:line 12
           --- End of inner exception stack trace ---
           at Shop.Program.Main(String[] args) in C:\\src\\Program.cs:line 5
        """)
        == "class=System.ArgumentNullException outer=System.InvalidOperationException"
        + " function=Shop.Cart.Total")
    #expect(
      key("thread 'main' panicked at src/cart.rs:12:5:\nindex out of bounds")
        == "class=panicked file=cart.rs")
  }

  @Test(arguments: [
    ("relation \"x\" does not exist", "name=x"),
    ("column \"y\" does not exist at character 8", "name=y"),
    ("column users.foo does not exist", "name=users.foo"),
    (
      "null value in column \"email\" of relation \"users\" violates not-null constraint",
      "name=email name=users"
    ),
    ("duplicate key value violates unique constraint \"users_pkey\"", "name=users_pkey"),
    ("Duplicate entry 'a@b.c' for key 'users.email'", "name=users.email"),
    ("Unknown column 'x' in 'field list'", "name=x"),
    ("(1146, \"Table 'shop.carts' doesn't exist\")", "code=1146 name=shop.carts"),
    (
      "ERROR 1062 (23000): Duplicate entry '1' for key 'PRIMARY'",
      "code=1062 code=23000 name=PRIMARY"
    ),
    ("SQLSTATE[42S02]: Base table or view not found", "code=42S02"),
    ("ORA-00942: table or view does not exist", "code=ORA-00942"),
    ("AH01114: HTTP: failed to make connection to backend", "code=AH01114"),
    ("connect() failed (111: Connection refused) while connecting", "code=111"),
    ("httpx.ConnectError: [Errno 111] Connection refused", "class=httpx.ConnectError code=111"),
    (
      "redis.exceptions.InvalidResponse: Protocol Error: b'x'",
      "class=redis.exceptions.InvalidResponse"
    ),
    (
      "sqlalchemy.exc.StatementError: a value is required\n[SQL: select 1]\n"
        + "(Background on this error at: https://sqlalche.me/e/20/cd3x)",
      "class=sqlalchemy.exc.StatementError code=cd3x"
    ),
    (
      "SyntaxError: Unexpected token\n    at JSON.parse (<anonymous>)\n    at load (/srv/a.js:3:1)",
      "class=SyntaxError file=a.js function=load"
    ),
    ("automatic vacuum of table \"a.b.c\": index scans: 1", ""),
    ("order 7 failed after 3 tries", ""),
  ])
  func oneLineIsPinnedByItsCodesAndNames(_ text: String, _ expected: String) {
    #expect(key(text) == expected)
  }

  @Test func theHeadlineIsTheRootErrorsLine() {
    let text = "x\nTraceback (most recent call last):\n  File \"a.py\", line 1, in b\nE: m"
    let bytes = Array(text.utf8)
    let parts = PinnedParts(bytes.span)
    let line = parts.headline.map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(line == "E: m")
  }

  @Test func noTextStopsTheReader() {
    var state: UInt64 = 3
    let pieces = [
      "\n", " ", "\t", "at ", "File \"", "Traceback (most recent call last):\n", "| ", "(", ")",
      "+-+--- 1 ----", "Caused by: ", "panic: ", "goroutine 1 [running]:\n", "---> ", ":in '",
      "#0 ",
      "from ", "Error", "java.lang.", ".java:1)", "SQLSTATE[", "relation \"", " does not exist",
      "'",
      "thread '", "panicked at ", "[cause]: ", "sqlalche.me/e/20/", "ORA-00942", "\u{e9}", "12",
      "Uncaught ",
    ]
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      #expect(key(text).utf8.count < 4_000)
    }
  }
}

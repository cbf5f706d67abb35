/// Which frames are those of libraries and runtimes.
enum ForeignNames {
  static let java: [StaticString] = [
    "java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.", "kotlin.", "kotlinx.", "scala.",
    "groovy.", "org.codehaus.groovy.", "akka.", "reactor.", "rx.", "io.netty.", "io.reactivex.",
    "org.springframework.", "org.apache.", "org.hibernate.", "org.eclipse.", "org.jboss.",
    "org.postgresql.", "org.slf4j.", "org.junit.", "org.aspectj.", "com.mysql.", "com.zaxxer.",
    "com.fasterxml.", "com.google.", "ch.qos.", "io.grpc.", "io.undertow.", "io.micrometer.",
    "io.micronaut.", "io.quarkus.", "io.vertx.", "okhttp", "feign.", "redis.clients.",
    "com.mongodb.", "oracle.",
  ]
  static let dotNet: [StaticString] = [
    "System.", "Microsoft.", "Npgsql.", "Newtonsoft.", "MySql.", "StackExchange.", "Dapper.",
    "lambda_method", "Castle.", "Autofac.", "Grpc.", "Polly.",
  ]
  static let go: [StaticString] = ["runtime.", "panic(", "created by ", "runtime/", "testing."]
  static let paths: [StaticString] = [
    "site-packages/", "dist-packages/", "node_modules/", "/vendor/", "/gems/", "/pkg/mod/",
    "/usr/lib/", "/usr/local/lib/", "/usr/local/go/", "/lib/ruby/", "/go/src/", "/rustc/",
    "/.cargo/", "lib/python", "<frozen ", "<internal:", "webpack/bootstrap",
  ]
  static let starts: [StaticString] = [
    "node:", "internal/", "<anonymous>", "native", "vendor/", "[internal function]", "{main}",
  ]
}

extension OwnFrame {
  static func isForeign(_ text: Span<UInt8>, _ path: Range<Int>) -> Bool {
    guard !path.isEmpty else { return true }
    for start in ForeignNames.starts
    where text.has(start, at: path.lowerBound, before: path.upperBound) {
      return true
    }
    for part in ForeignNames.paths where text.first(part, in: path) != nil { return true }
    return false
  }

  /// A path's file.
  static func lastPart(_ text: Span<UInt8>, _ path: Range<Int>) -> Range<Int> {
    var start = path.upperBound
    while start > path.lowerBound, text[start - 1] != 0x2F, text[start - 1] != 0x5C { start -= 1 }
    return start..<path.upperBound
  }

  /// Where a name ends before the number that a compiler gave it: `lambda$run$0`, `b__3_0`.
  static func withoutCounter(_ text: Span<UInt8>, _ name: Range<Int>) -> Int {
    var end = name.upperBound
    while end > name.lowerBound, text[end - 1].isDecimal { end -= 1 }
    guard end > name.lowerBound, end < name.upperBound,
      text[end - 1] == 0x24 || text[end - 1] == 0x5F
    else { return name.upperBound }
    return end - 1
  }
}

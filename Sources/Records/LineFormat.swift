/// The log formats that are recognised, by the names that reports print.
///
/// A line behind an outer layer (docker, CRI, journald, syslog) has the format of what is inside;
/// the layer's own name stands when the inside is free text.
package enum LineFormat: String, Sendable, CaseIterable {
  /// No recogniser knows the line; it may be the continuation of a record.
  case unknown
  /// Free text behind a time or a severity.
  case generic
  /// `METHOD path HTTP/x" status` in a line of no other known format.
  case genericAccess = "generic-access"

  // Python web.
  case uvicornAccess = "uvicorn-access"
  case uvicornDefault = "uvicorn-default"
  /// uvicorn's access line behind a time, perhaps with a duration at its end.
  case uvicornAccessTimed = "uvicorn-access-timed"
  case uvicornDefaultTimed = "uvicorn-default-timed"
  case gunicornUvicornWorkerAccess = "gunicorn-uvicornworker-access"
  case gunicornError = "gunicorn-error"
  case pythonBasicConfig = "python-basicconfig"
  case pythonAsctime = "python-asctime"
  /// `2026-11-22 10:00:00 LEVEL message`.
  case pythonPlainTime = "python-plain-time"
  case pythonWarning = "python-warning"
  case structlogConsole = "structlog-console"
  case loguru
  case djangoServer = "django-server"
  case celery
  case uwsgi

  // Proxies, CDN, load balancers.
  case nginxTimed = "nginx-timed"
  case combined
  case common
  case nginxError = "nginx-error"
  case apacheError24 = "apache-error-2.4"
  case apacheError22 = "apache-error-2.2"
  case haproxyHTTP = "haproxy-http"
  case envoyDefault = "envoy-default"
  case traefikCLF = "traefik-clf"
  case caddyJSON = "caddy-json"
  case awsALB = "aws-alb"
  case awsELBClassic = "aws-elb-classic"
  /// A table whose `#Fields:` line names the columns: CloudFront, IIS.
  case w3c

  // Databases, caches, brokers.
  case postgresStderr = "postgres-stderr"
  case postgresCSV = "postgres-csv"
  case mysqlError = "mysql-error"
  case redis
  case rabbitmq
  case mongodbJSON = "mongodb-json"

  // JVM.
  case springBoot = "spring-boot-3"
  case log4jISO = "log4j"
  case logbackDefault = "logback-default"
  case spark
  case javaUtilLogging = "java-util-logging"

  // Go, Node, Ruby, PHP, .NET.
  case goStandardLog = "go-std-log"
  case logfmt
  case jsonGeneric = "json-generic"
  case zapConsole = "zap-console"
  case klog
  case morgan
  case railsLogger = "rails-logger"
  case laravel
  case phpFPM = "php-fpm"
  case dotnetSimpleConsole = "dotnet-simple-console"

  // System, containers.
  case dockerJSONFile = "docker-json-file"
  case cri
  case journaldJSON = "journald-json"
  case rsyslogISO = "rsyslog-iso"
  case syslogRFC3164 = "syslog-rfc3164"
  case syslogRFC5424 = "syslog-rfc5424"
  case kernelDmesg = "kernel-dmesg"
}

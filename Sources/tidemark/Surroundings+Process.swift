import Records
import Watching

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Surroundings {
  /// The real clock, standard output and standard error.
  static let process = Surroundings(
    now: {
      var time = timespec()
      // SAFETY: clock_gettime fills the structure it is given and keeps no reference to it.
      _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
      return Timestamp(seconds: Int64(time.tv_sec)).advanced(byNanoseconds: Int64(time.tv_nsec))
    },
    write: { Output.write($0) },
    warn: { Output.warn($0) },
    stopRequest: { StopSignals.request })
}

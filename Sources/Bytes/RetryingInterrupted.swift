import Glibc

/// Makes a system call again for as long as a signal interrupts it; the only place that does so.
///
/// `call` returns what the system call returned: a negative number means that `errno` says why.
/// Throws every error but `EINTR`.
@discardableResult
package func retryingInterrupted(_ call: () -> Int) throws(Errno) -> Int {
  while true {
    let result = call()
    if result >= 0 { return result }
    let error = Errno.current
    guard error == .interrupted else { throw error }
  }
}

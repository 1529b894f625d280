internal import CLinux
import Glibc
internal import SystemPackage

extension ChildProcess {
  /// The time that it has had on processors so far, in nanoseconds; nil once it was waited for.
  ///
  /// The corresponding C functions are `clock_getcpuclockid` and `clock_gettime`.
  package var processorTime: Int64? {
    var clock = clockid_t()
    var time = timespec()
    guard unsafe clock_getcpuclockid(id, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else {
      return nil
    }
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The cost of a process that has ended.
  package struct Cost: Sendable {
    package let end: End
    /// Its time on processors, in the kernel as well, in nanoseconds.
    package let processorTime: Int64
    /// The most memory that it held, in octets.
    package let peakMemory: Int
  }

  /// Waits for its end until this moment, and says what it cost.
  ///
  /// - Parameter deadline: on ``Clock/monotonic()``, in nanoseconds.
  /// - Returns: nil where it is still running then.
  ///
  /// The corresponding C function is `wait4`.
  package borrowing func waitForCost(until deadline: Int64) -> Cost? {
    var status: CInt = 0
    var usage = rusage()
    while true {
      let ended = unsafe wait4(id, &status, WNOHANG, &usage)
      if ended == id { break }
      guard ended == 0 || errno == EINTR else { return Cost(end: .signaled, processorTime: 0, peakMemory: 0) }
      guard Clock.monotonic() < deadline else { return nil }
      Clock.sleep(nanoseconds: 20_000_000)
    }
    func nanoseconds(_ time: timeval) -> Int64 {
      Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_usec) * 1_000
    }
    return Cost(
      end: clinux_exited(status) != 0 ? .exited(status: clinux_exit_status(status)) : .signaled,
      processorTime: nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime),
      peakMemory: usage.ru_maxrss * 1024)
  }
}

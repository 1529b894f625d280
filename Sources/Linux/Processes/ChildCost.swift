internal import CLinux
import Glibc
internal import SystemPackage

extension ChildProcess {
  /// The time that it and all in its group have had on processors so far, in nanoseconds, from `/proc/PID/stat`: a
  /// kernel that is a program has a process for each of its own. 0 once it was waited for.
  package var processorTime: Int64 {
    let ticks = WholeFile.names(in: "/proc").filter { $0.first?.isNumber == true }.reduce(0 as Int64) {
      sum, name in
      // A process that has ended meanwhile has no file any more. The name, in parentheses, may have spaces.
      guard let text = try? TextFile.read("/proc/\(name)/stat"), let place = text.lastIndex(of: ")") else {
        return sum
      }
      let words = text[place...].split(separator: " ")
      guard words.count > 13, Int32(words[3]) == id else { return sum }
      return sum + (Int64(words[12]) ?? 0) + (Int64(words[13]) ?? 0)
    }
    return ticks * (1_000_000_000 / Int64(sysconf(CInt(_SC_CLK_TCK))))
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

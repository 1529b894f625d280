internal import CLinux

/// The sleep of a thread that makes a call which may wait.
enum SleepingThread {
  /// Tells whether the thread sleeps in the kernel, in a call that is not the wait for a lock of ours.
  ///
  /// - Parameter look: the thread's number in the kernel, 0 before it has one, and whether its call has ended.
  /// - Returns: true as soon as it sleeps, false as soon as its call has ended; nil where neither is so in time.
  ///
  /// The corresponding C function is `read` of /proc/self/task.
  static func isAsleep(until deadline: Int64, _ look: () -> (thread: CInt, hasEnded: Bool)) -> Bool? {
    repeat {
      let (thread, hasEnded) = look()
      if hasEnded { return false }
      if thread != 0, sleeps(thread) { return true }
      Clock.sleep(nanoseconds: 200_000)
    } while Clock.monotonic() < deadline
    return nil
  }

  private static func sleeps(_ thread: CInt) -> Bool {
    let folder = "/proc/self/task/\(thread)/"
    guard let stat = try? TextFile.read(folder + "stat"),
      // The name before it is in parentheses, and may hold anything.
      let end = stat.lastIndex(of: ")"), stat[end...].dropFirst(2).first == "S"
    else { return false }
    // "running" where it has woken since; where it may not be read, the state must do.
    guard let call = try? TextFile.read(folder + "syscall") else { return true }
    guard let number = call.split(separator: " ").first.flatMap({ Int($0) }) else { return false }
    return number != Int(CLINUX_SYS_FUTEX)
  }
}

internal import CLinux
import Glibc
internal import SystemPackage

/// Process 1 of a PID namespace, as the entry point of a container is.
///
/// The kernel treats this process in two ways unlike any other: it is made the parent of every orphan there, which stays
/// a zombie until it is waited for, and a signal whose action is the default one does not reach it.
package enum EntryPoint {
  /// Returns in a child, which does the work as an ordinary process. Process 1 stays behind, waits for whatever ends,
  /// hands on the signals that ask for the end, and ends as the child did. Any other process returns at once.
  ///
  /// Call it while the process has one thread. Where there can be no child, process 1 does the work itself.
  ///
  /// The corresponding C functions are `fork`, `sigwaitinfo` and `waitpid`.
  package static func leaveToChild() {
    guard FirstProcess.isOne else { return }
    var waited = sigset_t()
    var before = sigset_t()
    _ = unsafe sigemptyset(&waited)
    for signal in Signals.ending + [SIGCHLD] { _ = unsafe sigaddset(&waited, signal) }
    _ = unsafe sigprocmask(SIG_BLOCK, &waited, &before)
    // Children of a process that ignores SIGCHLD leave no status.
    clinux_use_default_action(SIGCHLD)
    let child = clinux_fork()
    if child > 0 { stay(for: child, waited) }
    _ = unsafe sigprocmask(SIG_SETMASK, &before, nil)
  }

  private static func stay(for child: pid_t, _ waited: sigset_t) -> Never {
    var waited = waited
    while true {
      let signal = unsafe sigwaitinfo(&waited, nil)
      if signal == SIGCHLD {
        if let status = reap(until: child) { exit(status) }
      } else if signal > 0 {
        _ = kill(child, signal)
      }
    }
  }

  /// Waits for all that has ended.
  ///
  /// - Returns: the exit status that the end of this child stands for, as a shell has it; nil while it runs.
  private static func reap(until child: pid_t) -> CInt? {
    var status: CInt = 0
    while true {
      let ended = unsafe waitpid(-1, &status, WNOHANG)
      guard ended > 0 else { return nil }
      guard ended == child else { continue }
      return clinux_exited(status) != 0
        ? clinux_exit_status(status) : 128 + clinux_ending_signal(status)
    }
  }
}

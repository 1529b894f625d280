internal import CLinux
import Glibc

/// The signals that a person or a service manager ends a program with: SIGINT, SIGQUIT, SIGTERM, SIGHUP.
package enum Signals {
  /// Runs `body` while these signals wait. One that came meanwhile is delivered afterwards, and ends the program, also
  /// where whoever started it had blocked it. What is ignored, as under nohup, stays ignored.
  ///
  /// The corresponding C function is `sigprocmask`.
  package static func deferring<R, Fault: Error>(_ body: () throws(Fault) -> R) throws(Fault) -> R {
    var waiting = set()
    _ = unsafe sigprocmask(SIG_BLOCK, &waiting, nil)
    defer { _ = unsafe sigprocmask(SIG_UNBLOCK, &waiting, nil) }
    return try body()
  }

  /// Lets SIGQUIT end the program as the others do: Swift's runtime takes it for a crash, and writes what it thinks of it
  /// for seconds. What is ignored stays ignored.
  ///
  /// The corresponding C function is `sigaction`.
  package static func takeNoneForACrash() {
    if clinux_is_ignored(SIGQUIT) == 0 { clinux_use_default_action(SIGQUIT) }
  }

  /// True if one of them is pending.
  ///
  /// The corresponding C function is `sigpending`.
  package static var isPending: Bool {
    var pending = sigset_t()
    guard unsafe sigpending(&pending) == 0 else { return false }
    return ending.contains { unsafe sigismember(&pending, $0) == 1 && clinux_is_ignored($0) == 0 }
  }

  static var ending: [CInt] { [SIGINT, SIGQUIT, SIGTERM, SIGHUP] }

  private static func set() -> sigset_t {
    var set = sigset_t()
    _ = unsafe sigemptyset(&set)
    for signal in ending { _ = unsafe sigaddset(&set, signal) }
    return set
  }
}

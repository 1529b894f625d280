internal import CLinux
import Glibc
package import SystemPackage

/// A program that was started and is waited for.
package struct ChildProcess: ~Copyable {
  package let id: CInt
  private let isOwnGroup: Bool

  /// How it ended.
  package enum End: Equatable, Sendable {
    case exited(status: CInt)
    case signaled
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program's name, which is looked for in PATH, and what it is given.
  ///   - output: the descriptor where its standard output goes; nil for ours.
  ///   - errors: where its standard error goes; nil for ours.
  ///   - isOwnGroup: whether Ctrl-C at the terminal is for us alone.
  /// - Throws: ENOENT where there is no such program.
  ///
  /// The corresponding C function is `posix_spawnp`.
  package init(
    _ arguments: [String], output: CInt? = nil, errors: CInt? = nil,
    isOwnGroup: Bool = true
  ) throws(Errno) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if let output { unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    if let errors { unsafe posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }
    if isOwnGroup {
      unsafe posix_spawnattr_setpgroup(&attributes, 0)
      unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    }
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var number: pid_t = 0
    let error = unsafe posix_spawnp(&number, arguments.first ?? "", &actions, &attributes, &words, environ)
    if error != 0 { throw Errno(rawValue: error) }
    id = number
    self.isOwnGroup = isOwnGroup
  }

  /// Waits for its end until this moment.
  ///
  /// - Parameter deadline: on ``Clock/monotonic()``, in nanoseconds.
  /// - Returns: nil where it is still running then.
  ///
  /// The corresponding C function is `waitpid`.
  package borrowing func wait(until deadline: Int64) -> End? {
    while true {
      var status: CInt = 0
      if unsafe waitpid(id, &status, WNOHANG) == id {
        return clinux_exited(status) != 0 ? .exited(status: clinux_exit_status(status)) : .signaled
      }
      guard Clock.monotonic() < deadline else { return nil }
      Clock.sleep(nanoseconds: 20_000_000)
    }
  }

  /// Waits for its end, however long that takes, without looking now and then.
  ///
  /// The corresponding C function is `waitpid`.
  package borrowing func wait() -> End {
    var status: CInt = 0
    while unsafe waitpid(id, &status, 0) != id {
      guard errno == EINTR else { return .signaled }
    }
    return clinux_exited(status) != 0 ? .exited(status: clinux_exit_status(status)) : .signaled
  }

  /// Ends it outright, with all that it has started where they are a group of their own, and waits until it has ended.
  ///
  /// The corresponding C function is `kill` with `SIGKILL`.
  package borrowing func end() {
    _ = kill(isOwnGroup ? -id : id, SIGKILL)
    var status: CInt = 0
    _ = unsafe waitpid(id, &status, 0)
  }
}

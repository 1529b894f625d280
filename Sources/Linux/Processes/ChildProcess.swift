internal import CLinux
import Glibc
package import SystemPackage

/// A program that was started and is waited for. It does not outlive this process, whatever ends that.
package struct ChildProcess: ~Copyable {
  package let id: CInt
  private let isOwnGroup: Bool

  /// The end of the process.
  package enum End: Equatable, Sendable {
    case exited(status: CInt)
    case signaled
  }

  /// Starts a program, in which no signal is blocked.
  ///
  /// - Parameters:
  ///   - arguments: the program's name, which is looked for in PATH, and what it is given.
  ///   - output: the descriptor where its standard output goes; nil for ours.
  ///   - errors: where its standard error goes; nil for ours.
  ///   - inherited: descriptors that it gets under the numbers that they have here.
  ///   - isOwnGroup: whether Ctrl-C at the terminal is for us alone. All that the program has started ends with it, and with
  ///     this process.
  /// - Throws: ENOENT where there is no such program.
  ///
  /// The kernel binds PR_SET_PDEATHSIG to the thread that calls `vfork`: each program has a thread that waits for it.
  ///
  /// The corresponding C functions are `vfork`, `prctl` with `PR_SET_PDEATHSIG` and `execvp`.
  package init(
    _ arguments: [String], output: CInt? = nil, errors: CInt? = nil, inherited: [CInt] = [],
    isOwnGroup: Bool = true
  ) throws(Errno) {
    guard !arguments.isEmpty else { throw .invalidArgument }
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var start = unsafe clinux_start()
    unsafe start.output = output ?? -1
    unsafe start.errors = errors ?? -1
    unsafe start.own_group = isOwnGroup ? 1 : 0
    let error = unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe inherited.withUnsafeBufferPointer { inherited in
        unsafe start.words = UnsafePointer(words.baseAddress)
        unsafe start.inherited = inherited.baseAddress
        unsafe start.inherited_count = CInt(inherited.count)
        return unsafe clinux_begin(&start)
      }
    }
    if error != 0 { throw Errno(rawValue: error) }
    id = unsafe start.child
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

internal import CLinux
import Glibc
import Synchronization
package import SystemPackage

/// A piece of work on a thread of its own, which may wait in the kernel while the one who began it looks on.
package final class ThreadedCall<Outcome: Sendable>: @unchecked Sendable {
  // The thread is joined by one owner only; all else is behind the lock.
  private let errand: Thread.Errand
  private let thread: pthread_t
  private let state: State
  private var isJoined = false

  private final class State: Sendable {
    let outcome = Mutex<(value: Outcome, began: Int64, ended: Int64)?>(nil)
    /// The thread's number in the kernel.
    let number = Atomic<CInt>(0)
    /// Tells whether SIGURG is to end the work.
    let isOver = Atomic(false)
  }

  /// Begins the work.
  ///
  /// - Parameters:
  ///   - bell: a descriptor that an octet is written to when the work is done; nil for none.
  ///   - wasInterrupted: tells whether a signal ended the work: then it is done again, unless ``end()`` ends it. A process that
  ///     was stopped and continued has its epoll_wait interrupted, though no handler ran (signal(7)).
  /// - Throws: EAGAIN where no thread could be made.
  ///
  /// The corresponding C function is `pthread_create`.
  package init(
    ringing bell: CInt? = nil, repeatingIf wasInterrupted: @escaping @Sendable (Outcome) -> Bool,
    _ work: @escaping @Sendable () -> Outcome
  ) throws(Errno) {
    // SIGURG is ignored where nobody asks for it.
    _ = try result { clinux_let_interrupt(SIGURG) }
    let state = State()
    let errand = Thread.Errand {
      _ = clinux_unblock(SIGURG)
      state.number.store(clinux_thread_id(), ordering: .releasing)
      // A write after the end of a connection raises it; the call tells what there is to know.
      _ = clinux_block(SIGPIPE)
      let began = Clock.monotonic()
      var outcome = work()
      while wasInterrupted(outcome), !state.isOver.load(ordering: .acquiring) { outcome = work() }
      let ended = Clock.monotonic()
      state.outcome.withLock { $0 = (outcome, began, ended) }
      if let bell { _ = unsafe Glibc.write(bell, [UInt8(0)], 1) }
    }
    self.state = state
    self.errand = errand
    thread = try Thread.start(errand)
  }

  /// The outcome, and the times at which the work began and ended, on the monotonic clock; nil while it goes on.
  package var outcome: (value: Outcome, began: Int64, ended: Int64)? { state.outcome.withLock { $0 } }

  /// Tells whether the work waits in the kernel.
  ///
  /// - Returns: true as soon as it does, false as soon as it is done; nil where neither is so in time.
  ///
  /// The corresponding C function is `read` of /proc/self/task.
  package func isAsleep(until deadline: Int64) -> Bool? {
    SleepingThread.isAsleep(until: deadline) {
      (state.number.load(ordering: .acquiring), outcome != nil)
    }
  }

  /// Ends the work, where it still waits in the kernel, with a signal, and the thread with it.
  ///
  /// The corresponding C functions are `pthread_kill` and `pthread_join`.
  package func end() {
    guard !isJoined else { return }
    state.isOver.store(true, ordering: .releasing)
    // A signal that comes before the call begins to wait ends nothing.
    while outcome == nil {
      pthread_kill(thread, SIGURG)
      Clock.sleep(nanoseconds: 1_000_000)
    }
    pthread_join(thread, nil)
    isJoined = true
  }

  deinit { end() }
}

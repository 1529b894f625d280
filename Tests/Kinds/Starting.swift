package import Foundation
import Glibc

extension Process {
  /// Starts the program as `run()` does, at once on a busy machine, too.
  ///
  /// Until its execve() the child has copies of all descriptors that tests hold: a close() elsewhere ends nothing
  /// meanwhile. So the calling thread, and the child until then, run before ordinary threads where this is allowed.
  package func runAtOnce() throws {
    let earlier = sched_getscheduler(0)
    set(SCHED_RR, priority: sched_get_priority_min(SCHED_RR), of: 0)
    defer { if earlier == SCHED_OTHER { set(SCHED_OTHER, priority: 0, of: 0) } }
    try run()
    set(SCHED_OTHER, priority: 0, of: processIdentifier)
  }

  private func set(_ policy: CInt, priority: CInt, of process: pid_t) {
    var parameter = sched_param()
    parameter.sched_priority = priority
    _ = unsafe sched_setscheduler(process, policy, &parameter)
  }
}

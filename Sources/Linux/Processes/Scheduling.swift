import Glibc

/// The scheduling of threads on processors.
package enum Scheduling {
  /// Lets the calling thread, and those that it starts, run as soon as they have something to do, before all ordinary
  /// threads: a run sleeps most of the time, and what it does in between is to be done before a kernel timer ends.
  ///
  /// Without CAP_SYS_NICE everything stays as it is.
  ///
  /// The corresponding C function is `sched_setscheduler` with `SCHED_RR` and the least of its priorities.
  package static func runFirst() {
    var parameter = sched_param()
    parameter.sched_priority = sched_get_priority_min(SCHED_RR)
    _ = unsafe sched_setscheduler(0, SCHED_RR, &parameter)
  }

  /// Makes the calling thread an ordinary one.
  ///
  /// The corresponding C function is `sched_setscheduler` with `SCHED_OTHER`.
  package static func runAsOthers() {
    var parameter = sched_param()
    _ = unsafe sched_setscheduler(0, SCHED_OTHER, &parameter)
  }
}

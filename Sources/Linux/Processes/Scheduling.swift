import Glibc

/// The scheduling of threads on processors.
package enum Scheduling {
  /// Does something before all ordinary threads: the calling thread, and those that it starts, run as soon as they have
  /// something to do. A run sleeps most of the time, and what it does in between is to be done before a kernel timer ends.
  /// Whatever needs the processor for long does not belong here, for it would hold up other runs.
  ///
  /// Without CAP_SYS_NICE it is done like everything else.
  ///
  /// The corresponding C function is `sched_setscheduler` with `SCHED_RR` and the least of its priorities; afterwards the
  /// thread has its earlier policy again.
  package static func first<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    let earlier = (policy: sched_getscheduler(0), parameter: parameter())
    set(SCHED_RR, sched_param(sched_priority: sched_get_priority_min(SCHED_RR)))
    defer { set(earlier.policy, earlier.parameter) }
    return try body()
  }

  private static func parameter() -> sched_param {
    var parameter = sched_param()
    _ = unsafe sched_getparam(0, &parameter)
    return parameter
  }

  private static func set(_ policy: CInt, _ parameter: sched_param) {
    var parameter = parameter
    _ = unsafe sched_setscheduler(0, policy, &parameter)
  }
}

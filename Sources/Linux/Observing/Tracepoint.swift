internal import CLinux
import Glibc
import Synchronization
package import SystemPackage

/// A tracepoint of the kernel on all its CPUs or in one thread, read without BPF (perf_event_open).
///
/// On all CPUs it sees the whole machine, every network namespace too: let a filter leave out what is not wanted.
package struct Tracepoint: ~Copyable, Sendable {
  /// The format of a sample's record on this kernel.
  package let format: TracepointFormat
  private let rings: Mutex<[PerfRing]>

  /// Begins to watch a tracepoint (`sock:inet_sock_set_state`).
  ///
  /// The filter is one of the kernel's (`Documentation/trace/events.rst`), at most 4095 octets. Each CPU's ring
  /// gets `bufferSize` octets, a power of two, or less where the limit of locked memory demands it.
  /// Throws `noSuchFileOrDirectory` where the kernel has no such tracepoint, `notPermitted` or
  /// `permissionDenied` without CAP_PERFMON in the initial user namespace or where tracefs is not to be read,
  /// `invalidArgument` where the filter cannot be read.
  ///
  /// The corresponding C function is `perf_event_open`.
  package static func open(
    _ name: String, filter: String? = nil, bufferSize: Int = 1 << 19
  ) throws(Errno) -> Tracepoint {
    let event = try Kind(name, in: TraceFiles.open())
    var rings: [PerfRing] = []
    for cpu in 0..<System.configuredProcessorCount {
      // A CPU that is off now is not watched later either.
      do throws(Errno) {
        rings.append(try PerfRing(tracepoint: event.identifier, in: .cpu(cpu), size: bufferSize))
      } catch .operationNotSupportedByDevice { continue }
    }
    if let filter { for ring in rings { try ring.setFilter(filter) } }
    let tracepoint = Tracepoint(format: event.format, rings: rings)
    try tracepoint.enable()
    return tracepoint
  }

  /// Begins to watch a tracepoint as far as the calling thread hits it, by its own calls or by an interrupt that stops it:
  /// what other threads do is not seen, and costs next to nothing.
  ///
  /// The corresponding C function is `perf_event_open`.
  static func inCallingThread(_ kind: Kind, bufferSize: Int) throws(Errno) -> Tracepoint {
    let ring = try PerfRing(tracepoint: kind.identifier, in: .callingThread, size: bufferSize)
    let tracepoint = Tracepoint(format: kind.format, rings: [ring])
    try tracepoint.enable()
    return tracepoint
  }

  /// The kernel's number of a tracepoint, and the format of its records: the same until it is booted again.
  struct Kind {
    let identifier: UInt64
    let format: TracepointFormat

    /// Throws `noSuchFileOrDirectory` where the kernel has no such tracepoint.
    init(_ name: String, in files: borrowing TraceFiles) throws(Errno) {
      let text = try files.read("id", ofEvent: name)
      guard let number = UInt64(text.filter(\.isNumber)) else { throw .badMessage }
      identifier = number
      format = TracepointFormat(try files.read("format", ofEvent: name))
    }
  }

  private init(format: TracepointFormat, rings: sending [PerfRing]) {
    self.format = format
    self.rings = Mutex(rings)
  }

  /// Watches again.
  package borrowing func enable() throws(Errno) { try setEnabled(true) }

  /// Watches no longer; what was seen can still be drained.
  package borrowing func disable() throws(Errno) { try setEnabled(false) }

  private borrowing func setEnabled(_ isEnabled: Bool) throws(Errno) {
    try rings.withLock { rings throws(Errno) in
      for ring in rings { try ring.setEnabled(isEnabled) }
    }
  }

  /// Takes out what was seen since the last time, in the order of time over all CPUs.
  ///
  /// What happens on another CPU during the call may come with the next one, though it has an earlier time.
  package borrowing func drain() throws(Errno) -> [Sample] {
    let records = rings.withLock { rings in rings.map { $0.drain() } }
    return records.flatMap { RingRecords($0[...]).samples }.sorted { $0.time < $1.time }
  }

  /// The number of hits that were lost since the start because a ring was full; nil where the kernel does not say
  /// (before Linux 6.0).
  ///
  /// The corresponding C function is `read`.
  package borrowing func lost() throws(Errno) -> UInt64? {
    try rings.withLock { rings throws(Errno) in
      var sum: UInt64 = 0
      for ring in rings {
        guard let lost = try ring.lost() else { return nil }
        sum += lost
      }
      return sum
    }
  }
}

extension Tracepoint {
  /// nil where this tracepoint can be watched, else why not, in one line.
  package static func availability(named name: String) -> String? {
    do throws(Errno) {
      _ = try TraceFiles.open()
    } catch {
      return "tracefs cannot be read: \(error)"
    }
    do throws(Errno) {
      _ = try Tracepoint.open(name, bufferSize: 0)
      return nil
    } catch .noSuchFileOrDirectory {
      return "the kernel has no tracepoint \(name)"
    } catch .permissionDenied {
      return "needs CAP_PERFMON in the initial user namespace"
    } catch .notPermitted {
      return "needs CAP_PERFMON in the initial user namespace"
    } catch {
      return "perf_event_open refuses \(name): \(error)"
    }
  }
}

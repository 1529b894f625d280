internal import CLinux
import Synchronization
package import SystemPackage

/// The tracepoints that tell why this kernel frees a packet without using it and why it sends an RST, and the names that
/// it has for the reasons. The numbers are others on each kernel, so the names are read from its own description.
struct ReasonTracepoints: Sendable {
  let arrivals: Tracepoint.Kind
  let discards: Tracepoint.Kind
  /// nil where the kernel does not say why it sends an RST.
  let resets: Tracepoint.Kind?
  let discardNames: [UInt64: String]
  let resetNames: [UInt64: String]

  static let arrival = "net:netif_receive_skb"
  static let discard = "skb:kfree_skb"
  static let reset = "tcp:tcp_send_reset"

  /// They stay the same until the kernel is booted again: they are read once.
  private static let known = Mutex<ReasonTracepoints?>(nil)

  /// This kernel's.
  ///
  /// Throws `noSuchFileOrDirectory` where it has no such tracepoint, `notSupported` where the tracepoint tells no reason.
  static func here() throws(Errno) -> ReasonTracepoints {
    try known.withLock { known throws(Errno) in
      if let known { return known }
      let tracepoints = try ReasonTracepoints(in: TraceFiles.open())
      known = tracepoints
      return tracepoints
    }
  }

  private init(in files: borrowing TraceFiles) throws(Errno) {
    discards = try Tracepoint.Kind(Self.discard, in: files)
    guard discards.format.fields["reason"] != nil else { throw .notSupported }
    discardNames = discards.format.names(ofValuesOf: "reason")
    arrivals = try Tracepoint.Kind(Self.arrival, in: files)
    var resets: Tracepoint.Kind?
    do throws(Errno) {
      let kind = try Tracepoint.Kind(Self.reset, in: files)
      if kind.format.fields["reason"] != nil { resets = kind }
    } catch .noSuchFileOrDirectory {}
    self.resets = resets
    resetNames = resets?.format.names(ofValuesOf: "reason") ?? [:]
  }
}

/// Watches what the kernel does with packets while the calling thread runs, and why: it frees one, or sends an RST.
///
/// A packet that a thread writes to a TUN device is handled before the write returns, in that thread. So the reasons of its
/// own packets are among what the thread saw, whatever the rest of the machine does.
package struct ReasonWatch: ~Copyable {
  private let tracepoints: ReasonTracepoints
  private let arrivals: Tracepoint
  private let discards: Tracepoint
  private let resets: Held?
  /// The thread that is watched.
  private let thread: Int32

  /// A tracepoint that there may be: what cannot be copied cannot be looked at within an optional value.
  private final class Held: Sendable {
    let tracepoint: Tracepoint
    init(_ tracepoint: consuming Tracepoint) { self.tracepoint = tracepoint }
  }

  /// Octets of each buffer: an arrival and its answer need some hundred.
  private static let size = 1 << 14

  /// Begins to watch the calling thread.
  ///
  /// The corresponding C function is `perf_event_open`.
  package static func open() throws(Errno) -> ReasonWatch {
    let tracepoints = try ReasonTracepoints.here()
    let arrivals = try Tracepoint.inCallingThread(tracepoints.arrivals, bufferSize: size)
    let discards = try Tracepoint.inCallingThread(tracepoints.discards, bufferSize: size)
    var resets: Held?
    if let kind = tracepoints.resets {
      resets = Held(try Tracepoint.inCallingThread(kind, bufferSize: size))
    }
    return ReasonWatch(
      tracepoints: tracepoints, arrivals: arrivals, discards: discards, resets: resets,
      thread: clinux_thread())
  }

  private init(
    tracepoints: ReasonTracepoints, arrivals: consuming Tracepoint, discards: consuming Tracepoint,
    resets: Held?, thread: Int32
  ) {
    self.tracepoints = tracepoints
    self.arrivals = arrivals
    self.discards = discards
    self.resets = resets
    self.thread = thread
  }

  /// Tells whether the calling thread is the one that is watched.
  package var isOfCallingThread: Bool { thread == clinux_thread() }

  /// Takes out what was seen since the last time, in the order of time.
  package borrowing func drain() throws(Errno) -> [ReasonEvent] {
    var events: [ReasonEvent] = []
    for sample in try arrivals.drain() {
      if let event = ReasonEvent(arrival: sample, format: arrivals.format) { events.append(event) }
    }
    if let resets {
      for sample in try resets.tracepoint.drain() {
        let names = tracepoints.resetNames
        if let event = ReasonEvent(reset: sample, format: resets.tracepoint.format, names: names) {
          events.append(event)
        }
      }
    }
    for sample in try discards.drain() {
      let names = tracepoints.discardNames
      if let event = ReasonEvent(discard: sample, format: discards.format, names: names) {
        events.append(event)
      }
    }
    // Of the same time, an arrival comes before what came of it.
    return events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(
      \.element)
  }

  /// The number of hits that found no room, since the start; nil where the kernel does not say.
  package borrowing func lost() throws(Errno) -> UInt64? {
    guard let first = try arrivals.lost(), let second = try discards.lost() else { return nil }
    var third: UInt64 = 0
    if let resets { third = try resets.tracepoint.lost() ?? 0 }
    return first + second + third
  }
}

extension ReasonWatch {
  /// The names that this kernel has for reasons to drop a packet and to send an RST; none where it tells no reasons.
  package static func names() -> (discards: Set<String>, resets: Set<String>) {
    guard let tracepoints = try? ReasonTracepoints.here() else { return ([], []) }
    return (Set(tracepoints.discardNames.values), Set(tracepoints.resetNames.values))
  }

  /// The reasons that this kernel does not tell though it tells others, in one line; nil where it tells all.
  package static func limit() -> String? {
    guard let tracepoints = try? ReasonTracepoints.here(), tracepoints.resets == nil else { return nil }
    return "not on this kernel: the reason of an RST (\(ReasonTracepoints.reset), Linux 6.10 and later)"
  }

  /// nil where reasons can be watched, else why not, in one line. It opens no tracepoint: closing one takes the kernel tens of
  /// milliseconds.
  package static func availability() -> String? {
    do throws(Errno) {
      _ = try TraceFiles.open()
    } catch {
      return "tracefs cannot be read: \(error)"
    }
    do throws(Errno) {
      _ = try ReasonTracepoints.here()
    } catch .noSuchFileOrDirectory {
      return "not on this kernel: it has no tracepoint \(ReasonTracepoints.discard) or"
        + " \(ReasonTracepoints.arrival)"
    } catch .notSupported {
      return "not on this kernel: its \(ReasonTracepoints.discard) tells no reason (Linux 5.17 and later do)"
    } catch {
      return "tracefs cannot be read: \(error)"
    }
    let privileges = Privileges.ofThisThread()
    guard privileges.isInInitialUserNamespace, privileges.hasPerfmon else {
      return "needs CAP_PERFMON in the initial user namespace"
    }
    return nil
  }
}

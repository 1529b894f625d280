import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// Sees why the kernel frees a segment without using it, and why it sends an RST.
///
/// To end tracepoints takes the kernel tens of milliseconds, so it watches only from the first moment on at which there may
/// be something to see: a segment that the kernel may refuse is about to arrive, or a call may send an RST. It tells of
/// nothing else, so what it tells is the same whether it has watched before or not.
final class ReasonObserver: Observer {
  let kind = ObserverKind.reasonTracepoint
  let limit = ReasonWatch.limit()
  private var watch: Box<ReasonWatch>?
  private var lostBefore: UInt64 = 0
  /// The reason why it could not begin to watch; nil where it could.
  private(set) var failure: String?
  /// Tells that something may be seen before the next look.
  private var isExpecting = false

  init() throws {
    if let reason = ReasonWatch.availability() { throw Unavailable(reason: reason) }
  }

  func begin(_ parties: Both<End>) throws(Errno) {
    isExpecting = false
    lostBefore = try watch?.value.lost() ?? 0
  }

  /// Makes ready to see what the calling thread is about to do. Nothing but the reasons is missing where that fails.
  func expect() {
    guard failure == nil else { return }
    do throws(Errno) {
      // Only in the thread that does it can it be seen.
      if watch?.value.isOfCallingThread != true {
        watch = Box(try ReasonWatch.open())
        lostBefore = 0
      }
      _ = try watch?.value.drain()
      isExpecting = true
    } catch {
      failure = "failed: \(error.explained)"
    }
  }

  /// Records why the segment at this place, which has just arrived at the party, was not used or was answered with an RST.
  ///
  /// - Parameter length: the octets of its packet.
  func tell(
    of place: Int, length: Int, arrivedAt end: End, by device: String, into log: Log
  ) throws(Errno) {
    guard isExpecting, let events = try watch?.value.drain() else { return }
    let reasons = ArrivalReasons(in: events, device: device, length: length)
    if let reason = reasons.discard {
      log.record(.discarded(segment: place, reason: reason), party: end.party, observer: kind)
    }
    if let reason = reasons.reset {
      log.record(.resetting(reason: reason), party: end.party, observer: kind)
    } else {
      tellResets(events, of: end, into: log)
    }
  }

  /// Records why a call sent an RST. An arrival has been told of by then.
  func look(at parties: Both<End>, into log: Log) throws(Errno) {
    guard isExpecting, let events = try watch?.value.drain() else { return }
    isExpecting = false
    for party in Party.allCases { tellResets(events, of: parties[party], into: log) }
  }

  /// Records why the end's own socket sent an RST that answers no segment.
  private func tellResets(_ events: [ReasonEvent], of end: End, into log: Log) {
    for event in events {
      guard case .reset(packet: 0, let tuple, let reason?) = event.what, tuple == end.tuple else { continue }
      log.record(.resetting(reason: reason), party: end.party, observer: kind)
    }
  }

  func lost() throws(Errno) -> Int { Int((try watch?.value.lost() ?? lostBefore) - lostBefore) }
}

extension Observers {
  /// The observer of reasons; nil where it does not run.
  var reasons: ReasonObserver? { running.lazy.compactMap { $0 as? ReasonObserver }.first }
}

import Benches
import TCP
import Traces

/// The congestion window and what it is judged by, as TCP_INFO had them in one look.
struct CongestionWindow {
  /// The event of the look.
  var place: Int
  /// The number of segments that may be under way (snd_cwnd).
  var segments: Int
  /// Octets of data in a full segment.
  var segmentSize: Int
  /// Segments that have been acknowledged, and those that were sent again, since the connection began.
  var delivered: Int
  var resent: Int
  /// The retransmission timeout, in nanoseconds.
  var timeout: Int64

  /// Nil where this kernel's structure does not reach so far (before Linux 4.18).
  init?(_ info: Info, _ place: Int) {
    guard let segments = info[.sndCwnd], let size = info[.sndMss], let delivered = info[.delivered],
      let resent = info[.totalRetrans], let timeout = info[.rto]
    else { return nil }
    self.place = place
    self.segments = Int(segments)
    segmentSize = Int(size)
    self.delivered = Int(delivered)
    self.resent = Int(resent)
    self.timeout = Int64(timeout) * 1000
  }

  /// Tells whether the window has not grown by more than what was acknowledged since then: slow start, its fastest
  /// growth, adds one segment for each (RFC 5681 section 3.1).
  func isEarned(since start: CongestionWindow) -> Bool {
    segments - start.segments <= delivered - start.delivered
  }
}

extension Connection {
  /// The last report of TCP_INFO on the end that sends.
  func window() -> CongestionWindow? { windows(from: 0).last }

  func windows(from first: Int, to last: Int? = nil) -> [CongestionWindow] {
    (first...(last ?? log.nextPlace - 1)).compactMap { place in
      guard log.events[place].party == opener, case .info(let info) = log.events[place].what else {
        return nil
      }
      return CongestionWindow(info, place)
    }
  }
}

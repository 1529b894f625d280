import Documents
import TCP
import Traces

extension Trace {
  /// The place at which the ladder begins: what opened the connection for it is not the document's.
  var beginning: Int {
    events.firstIndex { if case .rung = $0.what { true } else { false } } ?? 0
  }

  /// The first place from here on at which something is called or sent.
  func firstMove(from start: Int) -> Int {
    events.indices[start...].first {
      switch events[$0].what {
      case .call, .segment: true
      default: false
      }
    } ?? events.endIndex
  }

  /// The last state in a stretch that this party did not leave by a call of its own.
  func settledState(of party: Party, in stretch: Range<Int>) -> State? {
    let call = stretch.dropFirst().first {
      guard events[$0].party == party, case .call(let call, _, _) = events[$0].what else { return false }
      switch call {
      case .connect, .shutdown, .close: return true
      case .listen, .accept, .send, .receive: return false
      }
    }
    return lastState(of: party, in: stretch.lowerBound..<(call ?? stretch.upperBound))
  }
}

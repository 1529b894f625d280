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
    events.indices[start...].first(where: isMove) ?? events.endIndex
  }

  /// Tells whether something is called or sent at this place.
  func isMove(_ place: Int) -> Bool {
    switch events[place].what {
    case .call, .segment, .forged: true
    default: false
    }
  }
}

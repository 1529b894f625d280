import Documents
import TCP

/// The passages of segments that were held: where each ended, and which one others overtook or crossed.
struct Passages {
  /// The place where each segment arrived first, or was lost.
  private(set) var ends: [Int: Int] = [:]
  /// The places where a segment arrived once more.
  private(set) var repeats: [Int: Int] = [:]
  /// The pure ACKs that answer a segment which arrived once more.
  private(set) var answers: Set<Int> = []
  /// The segments that were passed, or still are under way; one of each party at a time. The value is the place where the
  /// first one passed it.
  private(set) var late: [Int: Int] = [:]
  /// The segments that were passed while another one of their party was.
  private(set) var crowded: [Int] = []

  init(_ trace: Trace) {
    for place in trace.events.indices {
      switch trace.events[place].what {
      case .delivered(let segment):
        if ends[segment] == nil { ends[segment] = place } else { repeats[place] = segment }
      case .dropped(let segment): if ends[segment] == nil { ends[segment] = place }
      default: break
      }
    }
    for place in repeats.keys { answers.formUnion(answers(to: place, in: trace)) }
    find(in: trace)
  }

  /// The pure ACKs that leave behind this arrival, before anything else is done.
  private func answers(to place: Int, in trace: Trace) -> [Int] {
    let next = trace.events.indices.first {
      guard place < $0 else { return false }
      switch trace.events[$0].what {
      case .call, .delivered, .dropped, .forged, .rebooted: return true
      default: return false
      }
    }
    return (place..<(next ?? trace.events.endIndex)).filter {
      trace.events[$0].party == trace.events[place].party && trace.events[$0].segment?.isPureAck == true
    }
  }

  /// The segments that stand before this place, in the order in which they left.
  func standing(before place: Int) -> [Int] { late.filter { $0.value == place }.keys.sorted() }

  func isRepeated(_ segment: Int) -> Bool { repeats.values.contains(segment) }

  private mutating func find(in trace: Trace) {
    let places = trace.events.indices.filter { trace.events[$0].segment != nil }
    var until = Both(-1)
    for place in places {
      guard let party = trace.events[place].party, let segment = trace.events[place].segment,
        !trace.isLost(segmentAt: place)
      else { continue }
      let end = ends[place] ?? trace.events.endIndex
      let passing = places.filter { other in
        guard other != place, let otherEnd = ends[other], place < otherEnd, otherEnd < end else {
          return false
        }
        // A pure ACK is the same, whatever crosses it.
        return trace.events[other].party == party
          ? other > place : !segment.isPureAck || trace.events[other].segment?.isPureAck ?? false
      }
      let passed = passing.compactMap { ends[$0] }.min()
      guard passed != nil || ends[place] == nil else { continue }
      if place < until[party] {
        crowded.append(place)
      } else {
        late[place] = passed ?? trace.events.endIndex
        until[party] = end
      }
    }
  }
}

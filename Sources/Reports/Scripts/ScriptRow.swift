import Claims
import Documents
import Traces

/// A row of a script beside what the kernel did: one ladder of two columns.
struct ScriptRow: Equatable {
  /// The line of the script.
  var line: Int
  /// The place of the event in the script.
  var event: Int
  var move: Move
  var script: String
  var kernel: String
  /// The segments that the kernel sent, where the script has one.
  var segments: [String] = []
  var isDifferent: Bool
  /// The parts that differ, in words.
  var parts: [String] = []
  /// Microseconds since the beginning of the script; nil where it did not come so far.
  var time: Int?

  /// The thing that moves in a row.
  enum Move {
    /// A segment or an ICMP error of the script's peer.
    case inbound
    /// A segment of the kernel.
    case outbound
    case call
    /// Nothing: an assertion, a command, or a segment that the kernel did not send.
    case nothing
  }
}

extension ScriptJudgement {
  /// The rows of the script that a report shows.
  ///
  /// - Parameter context: the number of events before the first difference that are shown; nil for all.
  func rows(context: Int? = nil) -> [ScriptRow] {
    let steps = Dictionary(
      (shown?.steps ?? []).map { ($0.event, $0) }, uniquingKeysWith: { first, _ in first })
    let last = difference?.event ?? script.events.indices.last ?? 0
    let first = context.map { max(0, last - $0) } ?? 0
    guard !script.events.isEmpty, first <= last else { return [] }
    return (first...last).map { place in
      let event = script.events[place]
      let differs = difference?.event == place
      let kernel: String =
        if differs, let difference { difference.seen } else {
          steps[place].map { event.words(for: $0.seen) } ?? ""
        }
      return ScriptRow(
        line: event.line, event: place, move: event.move(seeing: steps[place]?.seen), script: event.text,
        kernel: kernel, segments: steps[place]?.seen.segments ?? [], isDifferent: differs,
        parts: differs ? difference?.parts ?? [] : [],
        time: steps[place].map { Int($0.time / .microseconds(1)) })
    }
  }
}

extension Script.Event {
  fileprivate func move(seeing seen: ScriptTrace.Seen?) -> ScriptRow.Move {
    switch (action, seen) {
    case (.call, _): .call
    case (.inbound, _): .inbound
    case (.outbound, .segments([])): .nothing
    case (.outbound, _): .outbound
    case (.code, _), (.shell, _): .nothing
    }
  }

  /// The kernel's action, as scripts write it.
  fileprivate func words(for seen: ScriptTrace.Seen) -> String {
    switch (action, seen) {
    case (.call(let call), .returned(let end)):
      let seen = ScriptCall(
        name: call.name, arguments: end.arguments, result: .integer(end.result), error: end.error)
      return "\(seen)"
    case (_, .segments(let segments)):
      return segments.map { "> \($0.withoutService)" }.joined(separator: ", ")
    case (_, .values(let values)):
      return values.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
    case (_, .counters(let counters)):
      return counters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    case (_, .waiting): return "waits"
    default: return "done"
    }
  }
}

extension ScriptTrace.Seen {
  fileprivate var segments: [String] {
    if case .segments(let segments) = self { segments.map { "\($0.withoutService)" } } else { [] }
  }
}

import Claims
import Documents
import Traces

/// A row of a script beside what the kernel did: one ladder of two columns.
struct ScriptRow: Equatable {
  /// The line of the script.
  var line: Int
  var script: String
  var kernel: String
  var isDifferent: Bool
  /// The parts that differ, in words.
  var parts: [String] = []
  /// Microseconds since the beginning of the script; nil where it did not come so far.
  var time: Int?
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
        line: event.line, script: event.text, kernel: kernel, isDifferent: differs,
        parts: differs ? difference?.parts ?? [] : [],
        time: steps[place].map { Int($0.time / .microseconds(1)) })
    }
  }
}

extension Script.Event {
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

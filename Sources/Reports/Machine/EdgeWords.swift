import Claims
import TCP
import Traces

/// The words for edges and their results, the same in all formats.
extension EdgeTable.Row {
  var from: String { edge.from.count == 1 ? edge.from[0].rawValue : "\(edge.from.count) states" }
  var to: String { edge.to?.rawValue ?? "same state" }

  /// The letters of the observers that saw it, each in its own place.
  var letters: String {
    ObserverKind.lettered.map { witnesses.contains($0) ? $0.letter ?? "" : " " }.joined()
  }

  /// The place in the standards, and the states where there are several; nil for an arrow of the figure.
  var origin: String? {
    guard !edge.isDrawn else { return nil }
    let states = edge.from.count > 1 ? ": " + edge.from.map(\.rawValue).joined(separator: ", ") : ""
    return "\(edge.source)\(states)"
  }

  /// The differences and what was not seen, each with the states that it is true of.
  var remarks: [String] {
    var states: [String: [State]] = [:]
    var order: [String] = []
    for result in results {
      for text in result.remarks {
        if states[text] == nil { order.append(text) }
        states[text, default: []].append(result.transition.from)
      }
    }
    return order.map { text in
      let named = states[text] ?? []
      guard edge.from.count > 1, named.count < edge.from.count else { return text }
      return "in \(named.map(\.rawValue).joined(separator: ", ")): \(text)"
    }
  }
}

extension EdgeResult {
  /// Sentences without their ends: the differences, the reason why it was not seen, and how few saw it.
  var remarks: [String] {
    switch outcome {
    case .seen: fewness
    case .differs(let differences): differences.map(words) + fewness
    case .notSeen(let reason): ["not seen: \(reason)"]
    case .cannotBeSeen(.leftOut): ["not waited for"]
    case .cannotBeSeen(let reason): ["cannot be seen: \(reason)"]
    }
  }

  private func words(_ difference: Difference) -> String {
    switch difference {
    case .refused(let errno): "Linux answers the call with \(errno)"
    case .action([]): "Linux sends nothing"
    case .action(let sent): "Linux sends \(sent.map(\.description).joined(separator: " and "))"
    case .state(let state):
      state == transition.from ? "it stays in \(state.rawValue)" : "it goes to \(state.rawValue)"
    case .passes(let states): "it passes through \(states.map(\.rawValue).joined(separator: " and "))"
    }
  }

  private var fewness: [String] {
    switch witnesses.count {
    case 0: outcome == .seen ? ["no observer saw both states"] : []
    case 1: ["only \(witnesses[0].legend) \(witnesses[0] == .wire ? "tell" : "tells") of it"]
    default: []
    }
  }
}

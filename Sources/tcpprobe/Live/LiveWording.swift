import Benches
import Documents
import Reports
import TCP
import Traces

/// The words for what was done by hand, and for what a page has next.
struct LiveWording {
  let names: Both<String>

  /// One action and what came of it.
  func sentence(for step: HandStep) -> String {
    if let obstacle = step.obstacle { return "Not possible: \(obstacle)." }
    var text = deed(step)
    for party in Party.allCases where step.before[party] != step.after[party] {
      text += ", \(names[party]) \(step.before[party].rawValue) → \(step.after[party].rawValue)"
    }
    if !step.sent.isEmpty {
      let sent = step.sent.map { "\(names[$0.party]) sends \(name(of: $0.segment))" }
      text += "; " + sent.joined(separator: ", ")
    }
    for party in Party.allCases {
      guard let outcome = step.connects[party] else { continue }
      let result = outcome.result(of: .connect).text
      text +=
        "; connect() of \(names[party]) has \(outcome == .returned(value: 0) ? "ended" : "failed: \(result)")"
    }
    return text + "."
  }

  private func deed(_ step: HandStep) -> String {
    let segment = step.segment.map { "\(name(of: $0.segment)) of \(names[$0.party])" } ?? ""
    switch step.action {
    case .call(let party, let call):
      let outcome = step.outcome.map { " returns \($0.result(of: call).text)" } ?? ""
      return "\(call) of \(names[party])\(outcome)"
    case .deliver: return "\(segment) arrives"
    case .lose: return "\(segment) is lost"
    case .duplicate: return "A copy of \(segment) arrives, and the segment waits on"
    case .holdBack: return "\(segment) is held back: others overtake it"
    case .holdNoLonger: return "\(segment) is held back no longer"
    case .reset(let party): return "An RST arrives as if from \(names[party])"
    case .inject(let party, let pattern): return "\(pattern) arrives as if from \(names[party])"
    case .reboot(let party): return "The host of \(names[party]) has lost the connection"
    case .awaitTimer: return "A timer has expired"
    }
  }

  /// The page's next step.
  func next(_ next: Guide.Next, hand: Hand) -> LiveView.Next {
    switch next {
    case .finished: return .finished
    case .obstacle(.closed(let party, let call)):
      return .obstacle("not possible: the page has \(call), and \(names[party]) has closed its socket")
    case .obstacle(.notSent(let party, let pattern)):
      return .obstacle(
        "not possible: the page has \(pattern.name) of \(names[party]), which is not on the wire")
    case .action(let action, let reason):
      return .step(words(for: action, hand) + remark(reason))
    }
  }

  private func words(for action: HandAction, _ hand: Hand) -> String {
    func segment(_ number: Int) -> String {
      guard let entry = hand.waiting.first(where: { $0.number == number }) else { return "segment \(number)" }
      return "\(number), \(name(of: entry.segment)) of \(names[entry.party]),"
    }
    switch action {
    case .call(let party, let call): return "\(names[party]) calls \(call)"
    case .deliver(let number): return "\(segment(number)) arrives"
    case .lose(let number): return "\(segment(number)) is lost"
    case .duplicate(let number): return "a copy of \(segment(number)) arrives"
    case .holdBack(let number): return "\(segment(number)) is held back"
    case .holdNoLonger(let number): return "\(segment(number)) is held back no longer"
    case .reset(let party): return "an RST arrives as if from \(names[party])"
    case .inject(let party, let pattern): return "an old \(pattern.name) arrives as if from \(names[party])"
    case .reboot(let party): return "the host of \(names[party]) loses the connection"
    case .awaitTimer: return "the timer is waited for"
    }
  }

  private func remark(_ reason: Guide.Reason) -> String {
    switch reason {
    case .page: ""
    case .otherwise(let pattern): " (the page shows \(pattern.name) here)"
    case .unshown: " (the page does not show it)"
    }
  }

  /// `FIN+ACK`, `data (100 octets)`, `ACK`.
  func name(of segment: Segment) -> String {
    let flags = segment.flags.subtracting(.psh)
    if segment.length > 0, flags == .ack { return "data (\(segment.length) octets)" }
    return segment.length > 0 ? "\(flags) with data (\(segment.length) octets)" : "\(flags)"
  }
}

extension SegmentPattern {
  fileprivate var name: String { carriesData ? "data" : flags.isEmpty ? "ACK" : "\(flags)" }
}

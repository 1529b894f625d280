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
    if step.isBrokenOff { return "The wait for the timer was broken off; t goes on with it." }
    var text = deed(step)
    for party in Party.allCases where step.before[party] != step.after[party] {
      text += ", \(names[party]) \(step.before[party].rawValue) → \(step.after[party].rawValue)"
    }
    if Party.allCases.contains(where: {
      step.before[$0] == .timeWait && [.synSent, .synReceived].contains(step.after[$0])
    }) {
      text += " (by their timestamps, its segments are no old ones)"
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
    switch step.action {
    case .call(let party, let call):
      let outcome = step.outcome.map { " returns \($0.result(of: call).text)" } ?? ""
      return "\(call) of \(names[party])\(outcome)"
    case .awaitTimer: return "A timer has expired"
    default:
      let segment = step.segment.map { "\(name(of: $0.segment)) of \(names[$0.party])" }
      let text = words(for: step.action, segment ?? "")
      return text.prefix(1).uppercased() + text.dropFirst()
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
    case .action(.awaitTimer, let reason):
      return .step("\(timer(of: hand)) is waited for" + remark(reason))
    case .action(let action, let reason):
      let segment = hand.waiting.first { $0.number == action.number }.map {
        "\($0.number), \(name(of: $0.segment)) of \(names[$0.party]),"
      }
      return .step(words(for: action, segment ?? "") + remark(reason))
    }
  }

  /// An action in the words of a sentence that goes on.
  ///
  /// - Parameter segment: the words for the segment that it is about.
  private func words(for action: HandAction, _ segment: String) -> String {
    switch action {
    case .call(let party, let call): "\(names[party]) calls \(call)"
    case .deliver: "\(segment) arrives"
    case .lose: "\(segment) is lost"
    case .duplicate: "a copy of \(segment) arrives, and the segment waits on"
    case .holdBack: "\(segment) is held back: others overtake it"
    case .holdNoLonger: "\(segment) is held back no longer"
    case .reset(let party): "an RST arrives as if from \(names[party])"
    case .inject(let party, let pattern): "an old \(pattern.name) arrives as if from \(names[party])"
    case .reboot(let party): "the host of \(names[party]) loses the connection"
    case .awaitTimer: "the timer is waited for"
    }
  }

  /// The timer that fires next: `the retransmission timer of client`.
  func timer(of hand: Hand) -> String {
    guard let (party, timer) = try? hand.nextTimer(), let state = try? hand.states()[party] else {
      return "the timer"
    }
    return "the \(timer.kind.name(in: state)) timer of \(names[party])"
  }

  private func remark(_ reason: Guide.Reason) -> String {
    switch reason {
    case .page: ""
    case .otherwise(let pattern): " (the page shows \(pattern.name) here)"
    case .unshown: " (the page does not show it)"
    }
  }

  /// `FIN+ACK`, `data (100 bytes)`, `ACK`.
  func name(of segment: Segment) -> String {
    let flags = segment.flags.subtracting(.psh)
    if segment.length > 0, flags == .ack { return "data (\(segment.length) bytes)" }
    return segment.length > 0 ? "\(flags) with data (\(segment.length) bytes)" : "\(flags)"
  }
}

extension SegmentPattern {
  fileprivate var name: String { carriesData ? "data" : flags.isEmpty ? "ACK" : "\(flags)" }
}

import Documents
package import TCP
package import Traces

/// The boxes of both ends, beside each other.
extension LiveView {
  func boxes(_ columns: Int, _ glyphs: Glyphs) -> [Line] {
    let width = (columns - 2) / 2
    let left = box(.left, width, glyphs)
    let right = box(.right, width, glyphs)
    return zip(left, right).map { $0 + .blank(columns - 2 * width) + $1 }
  }

  private func box(_ party: Party, _ width: Int, _ glyphs: Glyphs) -> [Line] {
    let end = ends[party]
    let corners = glyphs.unicode ? ["┌", "┐", "└", "┘"] : ["+", "+", "+", "+"]
    let closed = end.hasDescriptor ? "CLOSED (descriptor only)" : "CLOSED (no socket)"
    let state = Line(end.hasSocket ? end.state.rawValue : closed, .strong)
    let name = Line(names[party], .accent).clipped(to: max(4, width - state.width - 8), mark: glyphs.ellipsis)
    let gap = width - name.width - state.width - 6
    let top =
      Line(corners[0] + " ") + name + Line(" " + glyphs.dash(gap) + " ") + state
      + Line(" " + corners[1])
    let body = [queues(of: end, width - 4), timer(of: end), call(of: end, glyphs)].map {
      Line(glyphs.lifeline + " ") + $0.clipped(to: width - 4, mark: glyphs.ellipsis).padded(to: width - 4)
        + Line(" " + glyphs.lifeline)
    }
    return [top] + body + [Line(corners[2] + glyphs.dash(width - 2) + corners[3])]
  }

  private func queues(of end: End, _ columns: Int) -> Line {
    guard end.hasSocket else { return Line("send queue -  receive queue -", .faint) }
    if end.state == .listen {
      return Line("accept queue ", .faint) + Line("\(end.receiveQueue)")
    }
    let sent =
      end.state == .synSent ? "SYN" : [.finWait1, .closing, .lastAck].contains(end.state) ? "FIN" : nil
    let received = [.closeWait, .lastAck, .closing].contains(end.state) ? "FIN" : nil
    let forms = [("send queue ", "  receive queue ", " + "), ("send ", "  receive ", "+"), ("", " / ", "+")]
    let lines = forms.map { first, second, plus in
      number(first, end.sendQueue, with: sent, plus) + number(second, end.receiveQueue, with: received, plus)
    }
    return lines.first { $0.width <= columns } ?? lines[lines.count - 1]
  }

  /// The kernel counts a SYN and a FIN as an octet each.
  private func number(_ label: String, _ count: Int, with flag: String?, _ plus: String) -> Line {
    var text = "\(count)"
    if let flag, count > 0 { text = count == 1 ? flag : "\(count - 1)\(plus)\(flag)" }
    return Line(label, .faint) + Line(text, count > 0 ? .soft : .plain)
  }

  private func timer(of end: End) -> Line {
    guard let timer = end.timer else { return Line("timer none", .faint) }
    let left = max(0, timer.milliseconds)
    // Tenths: a person sees that it moves, and not more.
    let seconds = left >= 100_000 ? "\(left / 1000) s" : "\(left / 1000).\(left % 1000 / 100) s"
    let again = timer.retries > 0 ? ", try \(timer.retries + 1)" : ""
    return Line("timer ", .faint) + Line("\(timer.kind.name(in: end.state)) \(seconds)", .soft) + Line(again)
  }

  private func call(of end: End, _ glyphs: Glyphs) -> Line {
    guard let (call, outcome) = end.lastCall else { return Line("no call yet", .faint) }
    let (text, tone) = outcome.result(of: call)
    return Line("\(call) ", .accent) + Line("\(glyphs.becomes) ", .faint) + Line(text, tone)
      + Line(
        end.hasDescriptor || call == .close || call == .abort || call == .listen ? "" : "  closed", .faint)
  }
}

extension Outcome {
  /// The result of a call in words, as a program gets it.
  package func result(of call: Call) -> (text: String, tone: Tone) {
    switch (self, call) {
    case (.failed("EAGAIN"), .receive): ("EAGAIN: no data yet", .soft)
    case (.failed(let errno), _): (errno, .bad)
    case (.pending, .connect): ("EINPROGRESS", .soft)
    case (.pending, _): ("would block", .soft)
    case (.returned(0), .receive): ("0: end of stream", .plain)
    case (.returned(let value), .send), (.returned(let value), .receive): ("\(value)", .plain)
    case (.returned, .accept): ("a descriptor", .plain)
    case (.returned, _): ("0", .plain)
    }
  }
}

extension KernelTimer.Kind {
  /// The timer's name; the tables call that of an orphan in FIN_WAIT_2 as they call two others.
  package func name(in state: State) -> String {
    switch (self, state) {
    case (.keepalive, .finWait2), (.timeWait, .finWait2): "FIN_WAIT_2"
    case (.timeWait, _): "TIME_WAIT"
    case (.zeroWindowProbe, _): "window probe"
    case (.retransmission, _): "retransmission"
    case (.keepalive, _): "keepalive"
    }
  }
}

extension Glyphs {
  func dash(_ count: Int) -> String { String(repeating: dash, count: max(0, count)) }
}

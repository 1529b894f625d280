import Documents
import TCP
import Traces

/// The sightings of each observer during a step, in words: one line for equal sightings in a row.
struct Sights {
  struct Line {
    var observer: String
    var who: String
    /// From when to when, in nanoseconds of the trace.
    var from: Int64
    var to: Int64
    var count = 1
    var text: String
    /// The part that must be the same for two sightings to be one line.
    var key: String
  }

  private(set) var lines: [Line] = []

  init(_ places: [Int], of trace: Trace) {
    for place in places {
      let event = trace.events[place]
      guard let said = Sights.words(event, in: trace) else { continue }
      let observer = event.observer?.rawValue ?? "tcpprobe"
      let who = event.party.map { trace.names[$0] } ?? ""
      let same = lines.lastIndex { $0.observer == observer && $0.who == who }
      if let same, event.observer?.isComplete == false, lines[same].key == said.key {
        lines[same].to = event.time
        lines[same].count += 1
      } else {
        lines.append(
          Line(observer: observer, who: who, from: event.time, to: event.time, text: said.text, key: said.key)
        )
      }
    }
  }

  private static func words(_ event: Event, in trace: Trace) -> (text: String, key: String)? {
    let text: String
    switch event.what {
    case .rung, .measurement: return nil
    case .segment(let segment, _): text = "leaves: " + words(segment)
    case .delivered: text = "a segment arrives"
    case .dropped: text = "a segment is dropped on the way"
    case .discarded(_, let reason): text = "\(KernelReason(.discard, reason))"
    case .resetting(let reason): text = "\(KernelReason(.reset, reason))"
    case .altered(_, let segment): text = "altered to " + words(segment)
    case .rebooted: text = "the host reboots"
    case .forged(let segment): text = "injected: " + words(segment)
    case .call(let call, let outcome, let ended):
      text = "\(call) \(words(outcome)) after \(readable(nanoseconds: ended - event.time))"
    case .transition(let from, let to):
      let isReplaced = to == .closed && [.finWait1, .finWait2, .closing].contains(from)
      text =
        "\(from.rawValue) → \(to.rawValue)"
        + (isReplaced ? " (the full socket ends; a time-wait socket may replace it)" : "")
    case .timer(let name, let nanoseconds): text = "\(name) armed for \(readable(nanoseconds: nanoseconds))"
    case .stall(let nanoseconds): text = "the machine stalled for \(readable(nanoseconds: nanoseconds))"
    case .disturbance(let cause): text = cause.description
    case .silence(let awaited, let nanoseconds):
      text = "no \(awaited) within \(readable(nanoseconds: nanoseconds))"
    case .sighting(let record): return words(record)
    case .info(let info): return words(info)
    }
    return (text, text)
  }

  private static func words(_ segment: Segment) -> String {
    var parts = ["\(segment)", "win=\(segment.window)"]
    if !segment.options.isEmpty {
      parts.append("<" + segment.options.map(\.description).joined(separator: ", ") + ">")
    }
    return parts.joined(separator: " ")
  }

  private static func words(_ outcome: Outcome) -> String {
    switch outcome {
    case .returned(let value): "returns \(value)"
    case .pending: "continues in the background,"
    case .failed(let errno): "fails with \(errno)"
    }
  }

  private static func words(_ record: SocketRecord?) -> (text: String, key: String) {
    guard let record else { return ("socket no longer exists", "") }
    var parts = [record.state.rawValue]
    if record.sendQueue > 0 { parts.append("\(record.sendQueue) in the send queue") }
    if record.receiveQueue > 0 { parts.append("\(record.receiveQueue) in the receive queue") }
    if record.inode == 0 { parts.append("no descriptor") }
    guard let timer = record.timer else { return (parts.joined(separator: ", "), "\(parts)") }
    // A timer that runs down between two looks is the same timer.
    let left =
      "\(timer.kind.rawValue) timer in \(readable(nanoseconds: Int64(timer.milliseconds) * 1_000_000))"
    let again = timer.retries > 0 ? ", retry \(timer.retries)" : ""
    return ((parts + [left + again]).joined(separator: ", "), "\(parts) \(timer.kind) \(timer.retries)")
  }

  private static func words(_ info: Info) -> (text: String, key: String) {
    var parts = [info.state?.rawValue ?? "an unknown state"]
    for (field, name) in [(InfoField.rto, "rto"), (.rtt, "rtt")] {
      if let value = info[field], value > 0 {
        parts.append("\(name) \(readable(nanoseconds: Int64(clamping: value) &* 1000))")
      }
    }
    for field in [InfoField.sndCwnd, .unacked, .retransmits, .totalRetrans, .lost, .sacked, .sndWnd, .rcvWnd]
    {
      if let value = info[field], value > 0 { parts.append("\(field.rawValue) \(value)") }
    }
    let text = parts.joined(separator: ", ")
    return (text, text)
  }
}

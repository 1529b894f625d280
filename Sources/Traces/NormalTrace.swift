import Documents
import TCP

/// All that one run left, as lines that are the same in each run of it on the same kernel.
///
/// It has each segment and each call in the order of time, behind each of them the fields of the sockets that have another
/// value than before, and at the end the counters that moved. Numbers are relative to the first one of their direction.
/// Nothing in it depends on the time that a step took; see ``NormalFields``. Of a run in virtual time it has lengths of time,
/// too: what a timer has left, how long a call took, and what passed before a segment left.
package struct NormalTrace: Equatable, Sendable {
  package var lines: [String]
  /// The counters of each host that moved, a line each; empty where they were not read.
  package var counters: [String]

  package init(lines: [String], counters: [String] = []) {
    self.lines = lines
    self.counters = counters
  }

  /// - Parameters:
  ///   - trace: of a bench that holds its packets: elsewhere the order of what happened is chance.
  ///   - isInVirtualTime: true if each step takes the same time in each run. Only then the counters are the same, too:
  ///     late segments of earlier connections move them.
  package init(_ trace: Trace, isInVirtualTime: Bool = false) {
    var writer = NormalWriter(trace, tellsTimes: isInVirtualTime)
    writer.write()
    lines = writer.lines
    counters = Party.allCases.compactMap { party in
      let moved = (isInVirtualTime ? trace.counters?[party] ?? [:] : [:]).filter {
        NormalFields.isKept(counter: $0.key)
      }
      guard !moved.isEmpty else { return nil }
      let told = moved.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      return "\(Self.counterMark)\(trace.names[party]): " + told.joined(separator: ", ")
    }
  }

  /// Reads the lines, those of the counters last.
  package init(reading text: [String]) {
    self.init(
      lines: text.filter { !$0.hasPrefix(Self.counterMark) },
      counters: text.filter { $0.hasPrefix(Self.counterMark) })
  }

  private static let counterMark = "counters of "

  /// The first lines in which this one and a later one differ; nil where they say the same. Lengths of time may
  /// differ by a tick of the slowest clock and what the timer wheel rounds. Counters are compared where both have them.
  package func difference(from later: NormalTrace) -> (before: String, after: String)? {
    func first(_ before: [String], _ after: [String]) -> (before: String, after: String)? {
      guard before != after else { return nil }
      let same = zip(before, after).prefix { NormalTimes.areSame($0, $1) }.count
      if same == before.count, same == after.count { return nil }
      func line(_ lines: [String]) -> String {
        same < lines.count ? String(lines[same].drop { $0 == " " }) : "nothing more"
      }
      return (line(before), line(after))
    }
    if let difference = first(lines, later.lines) { return difference }
    return counters.isEmpty || later.counters.isEmpty ? nil : first(counters, later.counters)
  }
}

private struct NormalWriter {
  let trace: Trace
  let tellsTimes: Bool
  var lines: [String] = []
  /// The time of the event that was told last.
  private var last: Int64?
  /// The time that each party's timer had left when it was looked at last, in milliseconds.
  private var left: Both<Int?> = Both(nil)
  private var numbers = NormalNumbers()
  /// The fields of each party's socket as they were told last, and those found since, by name.
  private var told: Both<[String: String]> = Both([:])
  private var found: Both<[String: String]> = Both([:])
  /// The places of segments whose fate is told with their leaving.
  private var direct: Set<Int> = []
  private var counts: Both<Info?> = Both(nil)
  /// The numbers of segments that did not arrive at once, by their places.
  private var held: [Int: Int] = [:]

  init(_ trace: Trace, tellsTimes: Bool) {
    self.trace = trace
    self.tellsTimes = tellsTimes
  }

  mutating func write() {
    for place in trace.events.indices { write(place) }
    tellSockets()
    for party in Party.allCases { tellCounts(of: party) }
  }

  /// Begins a connection of this party: of an earlier one nothing more is told.
  private mutating func begin(_ party: Party) {
    tellSockets()
    tellCounts(of: party)
    told[party] = [:]
  }

  /// Tells what the kernel has counted of the party's connection.
  private mutating func tellCounts(of party: Party) {
    let told = NormalFields.counting.compactMap { field in
      counts[party]?[field].flatMap { $0 == 0 ? nil : "\(field.rawValue) \($0)" }
    }
    counts[party] = nil
    if !told.isEmpty { lines.append("  \(name(party)) counted: " + told.joined(separator: ", ")) }
  }

  private mutating func take(_ info: Info, of party: Party) {
    if let last = counts[party], let before = last[.segsOut] ?? last[.segsIn],
      let now = info[.segsOut] ?? info[.segsIn], now < before
    {
      tellCounts(of: party)
    }
    counts[party] = info
    found[party].merge(NormalFields.of(info)) { $1 }
  }

  private func name(_ party: Party?) -> String { party.map { trace.names[$0] } ?? "?" }

  /// Tells what this event was, in a line. Where the kernel did it by itself, the time since the line before is its own: a
  /// call, and a segment that was made up or held, comes when the scenario wants it.
  private mutating func tell(_ event: Event, _ line: String) {
    tellSockets()
    var passed = ""
    if tellsTimes, let last, case .segment = event.what { passed = NormalTimes.after(event.time - last) }
    last = max(last ?? event.time, event.time)
    lines.append(line + passed)
  }

  private mutating func write(_ place: Int) {
    let event = trace.events[place]
    switch event.what {
    case .call(let call, let outcome, let ended):
      if let party = event.party, call == .listen || call == .connect { begin(party) }
      tell(
        event,
        "\(name(event.party)) \(call): \(outcome.text)"
          + (tellsTimes ? NormalTimes.took(ended - event.time) : ""))
    case .segment(let segment, let bytes):
      guard let party = event.party else { return }
      tellSockets()
      let fate = directFate(of: place)
      numbers.meet(segment, from: party, in: bytes)
      tell(event, "\(name(party)) > " + numbers.text(of: segment, from: party, bytes: bytes) + fate)
    case .delivered(let sent):
      if direct.remove(sent) == nil {
        tell(event, "\(name(trace.events[sent].party)) > held \(held[sent] ?? 0) arrives")
      }
    case .dropped(let sent):
      if direct.remove(sent) == nil {
        tell(event, "\(name(trace.events[sent].party)) > held \(held[sent] ?? 0) is lost")
      }
    case .altered(_, let segment):
      guard let party = event.party else { return }
      tell(event, "\(name(party)) > altered into " + numbers.text(of: segment, from: party, bytes: nil))
    case .forged(let segment):
      guard let party = event.party else { return }
      tell(event, "\(name(party)) > made up " + numbers.text(of: segment, from: party, bytes: nil))
    case .sighting(let record):
      guard event.observer == .sockDiag, let party = event.party else { return }
      found[party].merge(NormalFields.of(record)) { $1 }
      left[party] = record?.timer?.milliseconds
    case .info(let info):
      guard let party = event.party else { return }
      take(info, of: party)
    case .rebooted: tell(event, "\(name(event.party)) reboots")
    case .silence(let awaited, _): tell(event, "nothing more: \(awaited)")
    // The same behaviour has another reason on another kernel, or none.
    case .discarded, .resetting: break
    case .timer, .transition, .measurement, .rung, .stall, .disturbance: break
    }
  }

  /// The fate of a segment that meets it before anything else moves.
  private mutating func directFate(of place: Int) -> String {
    loop: for later in trace.events[(place + 1)...].indices {
      switch trace.events[later].what {
      case .delivered(place):
        direct.insert(place)
        return ""
      case .dropped(place):
        direct.insert(place)
        return " lost"
      case .segment, .call, .forged, .altered, .delivered, .dropped: break loop
      default: continue
      }
    }
    held[place] = held.count + 1
    return " held \(held.count)"
  }

  /// Tells the fields of each socket that have another value than when they were told last.
  private mutating func tellSockets() {
    for party in Party.allCases {
      let changes = NormalFields.order.compactMap { field -> String? in
        guard let value = found[party][field],
          value != told[party][field] ?? NormalFields.beginning(of: field)
        else {
          return nil
        }
        return "\(field) \(value)"
      }
      told[party].merge(found[party]) { $1 }
      found[party] = [:]
      guard !changes.isEmpty else { continue }
      let due = tellsTimes ? left[party].map(NormalTimes.due) ?? "" : ""
      lines.append("  \(name(party)): " + changes.joined(separator: ", ") + due)
    }
  }
}

extension Outcome {
  fileprivate var text: String {
    switch self {
    case .returned(let value): "\(value)"
    case .pending: "pending"
    case .failed(let errno): errno
    }
  }
}

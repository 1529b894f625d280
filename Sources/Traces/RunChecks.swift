import Documents
import TCP

/// The limits that a run must keep so that whoever reads it may index and count without looking again.
///
/// The limits are far beyond what a run can leave, and so low that sums and products of them fit into 64 bits.
extension Run {
  private static let longest: Int64 = 100_000_000_000_000_000  // three years, in nanoseconds

  func check() throws(RunError) {
    try require(0...8_000_000_000 ~= machine.time, "machine.time", "\(machine.time) is no time of day")
    if let hertz = machine.hertz {
      try require(1...1_000_000 ~= hertz, "machine.hertz", "\(hertz) is no frequency of a kernel's clock")
    }
    for (index, trace) in traces.enumerated() { try check(trace, at: "traces[\(index)]") }
  }

  private func check(_ trace: Trace, at path: String) throws(RunError) {
    try checkCount(trace.disturbances, "\(path).voids")
    if case .ladder(_, let table) = trace.variant.subject {
      try require(
        1...1_000_000 ~= table, "\(path).play.subject.ladder.table", "\(table) is no number of a table")
    }
    for (index, observer) in trace.observers.enumerated() {
      try checkCount(observer.lost, "\(path).observers[\(index)].lost")
    }
    var time: Int64 = 0
    for (place, event) in trace.events.enumerated() {
      let path = "\(path).events[\(place)]"
      try checkTime(event.time, "\(path).time")
      try require(event.time >= time, "\(path).time", "events must stand in the order of time")
      time = event.time
      try check(event, of: trace, at: "\(path).what")
      if case .delivered(let segment) = event.what { try checkArrival(segment, place, trace, "\(path).what") }
      if case .altered(let segment, _) = event.what {
        try checkArrival(segment, place, trace, "\(path).what")
      }
      if case .dropped(let segment) = event.what { try checkArrival(segment, place, trace, "\(path).what") }
    }
  }

  private func check(_ event: Event, of trace: Trace, at path: String) throws(RunError) {
    switch event.what {
    case .rung(let index): try checkCount(index, "\(path).rung.index")
    case .call(_, _, let ended): try checkTime(ended, "\(path).call.ended")
    case .segment:
      try require(event.party != nil, path, "a segment has a party that it left")
    case .sighting(let record?):
      try checkCount(record.receiveQueue, "\(path).sighting.record.receiveQueue")
      try checkCount(record.sendQueue, "\(path).sighting.record.sendQueue")
      if let timer = record.timer {
        try checkCount(timer.milliseconds, "\(path).sighting.record.timer.milliseconds")
        try checkCount(timer.retries, "\(path).sighting.record.timer.retries")
      }
    case .timer(_, let nanoseconds): try checkTime(nanoseconds, "\(path).timer.nanoseconds")
    case .stall(let nanoseconds): try checkTime(nanoseconds, "\(path).stall.nanoseconds")
    case .silence(_, let nanoseconds): try checkTime(nanoseconds, "\(path).silence.nanoseconds")
    case .measurement(let measurement):
      for (index, place) in measurement.events.enumerated() {
        try require(
          trace.events.indices.contains(place), "\(path).measurement.figure.events[\(index)]",
          "there is no event \(place) in this trace")
      }
    case .discarded(let segment, _):
      var isThere = false
      if trace.events.indices.contains(segment) {
        switch trace.events[segment].what {
        case .segment, .forged: isThere = true
        default: break
        }
      }
      try require(isThere, path, "event \(segment) is no segment")
    case .delivered, .dropped, .altered, .forged, .rebooted, .transition, .sighting(nil), .info, .disturbance,
      .resetting:
      break
    }
  }

  private func checkArrival(_ segment: Int, _ place: Int, _ trace: Trace, _ path: String) throws(RunError) {
    try require(
      0..<place ~= segment && trace.events[segment].segment != nil, path,
      "event \(segment) is no segment that left before")
  }

  private func checkTime(_ nanoseconds: Int64, _ path: String) throws(RunError) {
    try require(
      0...Run.longest ~= nanoseconds, path,
      "\(nanoseconds) is no time since a run's beginning, in nanoseconds")
  }

  private func checkCount(_ count: Int, _ path: String) throws(RunError) {
    try require(0...Int(UInt32.max) ~= count, path, "\(count) is no count")
  }

  private func require(_ condition: Bool, _ path: String, _ message: String) throws(RunError) {
    guard condition else { throw RunError(path: path, message: message) }
  }
}

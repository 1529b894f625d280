import Benches
import Documents
import Glibc
import Linux
import TCP
import Traces

extension Scenario {
  /// Connections are asked for, again and again.
  package static let synNumbers = Scenario(
    "SYN numbers",
    Declaration(
      [.number],
      under: Condition.FourTuples.allCases.map { [.fourTuples($0)] }, needs: [.segments, .namespace])
  ) { try $0.runSynNumbers(under: $1) }
}

extension Figure {
  fileprivate static let number = Figure(
    "initial sequence number of a SYN", formerly: ["the number of a SYN"], .packets)
}

extension Connection {
  /// The number in a SYN: of many connections with different four-tuples, or of one four-tuple again and again.
  ///
  /// RFC 6528 makes it of a clock and a keyed hash of the four-tuple.
  fileprivate func runSynNumbers(under conditions: [Condition]) throws {
    let figure = Figure.number
    if conditions.contains(.fourTuples(.one)) {
      try measureOneFourTuple(figure)
    } else {
      try measureManyFourTuples(figure)
    }
    try look()
  }

  /// The clock that Linux adds to the hash: the time in ticks of 64 ns, modulo 2^32.
  private func ticks(_ nanoseconds: Int64) -> UInt32 { UInt32(truncatingIfNeeded: nanoseconds >> 6) }

  /// 1024 four-tuples, neighbours in one port. Without the clock that they have in common, their numbers are tested.
  private func measureManyFourTuples(_ figure: Figure) throws {
    let ports = (0..<32).map { _ in bench.nextPorts() }
    let local = ends[opener].tuple.local.address
    let remote = ends[opener].tuple.remote.address
    let tuples = ports.flatMap { far in
      ports.map { near in
        FourTuple(
          local: Endpoint(local, near[opener]), remote: Endpoint(remote, far[opener.other]))
      }
    }
    log.record(.rung(index: 0))
    let attempts = try Attempts(beside: self).make(tuples)
    guard attempts.count == tuples.count else {
      return cannotMeasure(figure, because: .other("of \(tuples.count) SYNs \(attempts.count) were seen"))
    }
    let randomness = Randomness(of: attempts.map { $0.number.rawValue &- ticks($0.began) })
    measure(
      figure, randomness.isRandom ? "random" : "not random",
      "\(attempts.count) SYNs, less a clock of 64 ns (RFC 6528): chi-squared and birthday tests of what is left and "
        + "of its differences; lowest p \(brief(randomness.p)), random from \(Randomness.threshold) on",
      proof: attempts.map(\.place))
  }

  /// The difference of two numbers is a time, which lies between what passed at least and at most between the calls.
  private func measureOneFourTuple(_ figure: Figure) throws {
    log.record(.rung(index: 0))
    var attempts: [Attempt] = []
    let offset = Clock.realtimeOffset()
    for index in 0..<8 {
      if index > 0 { Clock.sleep(nanoseconds: 2_000_000) }
      attempts += try Attempts(beside: self).make([ends[opener].tuple])
    }
    // The kernel's clock is the time of day, which may have been set meanwhile; a microsecond for reading both.
    let slack = abs(Clock.realtimeOffset() - offset) + 1000
    guard attempts.count == 8 else {
      return cannotMeasure(figure, because: .other("of 8 SYNs \(attempts.count) were seen"))
    }
    var chance = 1.0
    let fits = zip(attempts.dropFirst(), attempts).map { later, earlier in
      let least = ticks(later.began - earlier.ended - slack)
      let width = ticks(later.ended - earlier.began + slack) &- least
      chance *= Double(width) / 4_294_967_296
      return later.number.rawValue &- earlier.number.rawValue &- least <= width
    }
    guard chance < Randomness.threshold else {
      return cannotMeasure(
        figure, because: .disturbed("the calls took so long that any number would have fitted"))
    }
    let isConstant = Set(attempts.map(\.number)).count == 1
    measure(
      figure,
      fits.allSatisfy { $0 }
        ? "a fixed offset and a clock" : isConstant ? "the same each time" : "another each time, by no clock",
      "\(fits.count { $0 }) of 7 differences are the time between two SYNs of one four-tuple in ticks of 64 ns; "
        + "numbers drawn by chance would be with p \(brief(chance))", proof: attempts.map(\.place))
  }

  /// `0.031`, or where that would be 0 the power of ten above it: `1e-41`.
  private func brief(_ p: Double) -> String {
    let rounded = (p * 1000).rounded() / 1000
    return rounded > 0 ? "\(rounded)" : "below 1e\(Int(log10(max(p, 1e-300)).rounded(.up)))"
  }
}

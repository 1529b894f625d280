package import TCP

/// A measured value of a figure, typed: records, pages and verdicts compare values, never their texts.
///
/// ``description`` is the one text of a value, and ``init(reading:)`` reads it again.
package indirect enum Value: Hashable, Sendable {
  case state(State)
  /// An errno by its name: `ECONNREFUSED`.
  case errno(String)
  /// A number without a unit: of segments, of retries, of sockets.
  case count(Int)
  /// A number of octets.
  case bytes(Int)
  /// A length of time.
  case duration(Duration)
  /// A length of time that lies within bounds.
  case bounds(Bounds)
  /// The control bits of a segment.
  case segment(Flags)
  /// Several values that belong together: the answer to a segment and the state after it, the lengths of a schedule.
  case list([Value])
  /// The values of the same thing, one after the other: what two calls in a row return.
  case steps([Value])
  /// A phrase; it compares without regard to case and blanks.
  case words(String)

  /// A length of time and the factors that it may be stretched by: how long a timer is set, and how late the kernel's
  /// timer wheel may fire it (kernel/time/timer.c).
  package struct Bounds: Hashable, Sendable {
    package var constant: Duration
    package var least: Double
    package var most: Double
    /// Tells whether the round trips of the path come on top.
    package var addsRoundTrips: Bool

    package init(_ constant: Duration, least: Double, most: Double, addsRoundTrips: Bool = false) {
      self.constant = constant
      self.least = least
      self.most = most
      self.addsRoundTrips = addsRoundTrips
    }

    /// The shortest and the longest length, in seconds, without round trips.
    package var seconds: ClosedRange<Double> {
      let seconds = Double(constant.nanoseconds) / 1e9
      return seconds * least...max(seconds * least, seconds * most)
    }

    /// Tells whether this length lies within.
    package func contains(_ length: Duration) -> Bool { seconds ~= Double(length.nanoseconds) / 1e9 }
  }

  /// The length that a timer was set to, to the millisecond below.
  ///
  /// - Parameter nanoseconds: at least 0.
  package static func constant(nanoseconds: Int64) -> Value {
    .duration(.milliseconds(nanoseconds / 1_000_000))
  }

  /// A length by the clock, to the nearest 10 ms.
  ///
  /// - Parameter nanoseconds: at least 0.
  package static func lasted(nanoseconds: Int64) -> Value {
    .duration(.milliseconds((nanoseconds + 5_000_000) / 10_000_000 * 10))
  }

  /// The lengths of a timer that is set again and again, in nanoseconds.
  package static func schedule(nanoseconds: [Int64]) -> Value {
    nanoseconds.count == 1 ? constant(nanoseconds: nanoseconds[0]) : .list(nanoseconds.map(constant))
  }

  /// Several values that belong together; one alone is itself.
  package static func all(_ values: [Value]) -> Value { values.count == 1 ? values[0] : .list(values) }

  /// The value of a program that is told nothing new.
  package static let nothingNew: Value = "nothing"

  /// Tells whether it has an errno or a state.
  package var isOutcome: Bool {
    switch self {
    case .errno, .state: true
    case .list(let values), .steps(let values): values.contains { $0.isOutcome }
    case .count, .bytes, .duration, .bounds, .segment, .words: false
    }
  }

  /// Tells whether a measured value is as this one, which a page expects.
  ///
  /// - Parameter within: the bounds that the measured value may lie in the next time; nil where it is to be the same.
  package func holds(for measured: Value, within: Value? = nil) -> Bool {
    switch (self, measured) {
    case (.bounds(let bounds), .duration(let length)): self == within || bounds.contains(length)
    // A timer's length by the clock is a little longer than the one that was set.
    case (.duration(let told), .duration(let length)):
      if self == measured {
        true
      } else if case .bounds(let bounds)? = within {
        bounds.constant == told && bounds.contains(length)
      } else {
        false
      }
    case (.words(let one), .words(let other)): one.folded == other.folded
    case (.list(let ones), .list(let others)), (.steps(let ones), .steps(let others)):
      ones.count == others.count && zip(ones, others).allSatisfy { $0.holds(for: $1) }
    default: self == measured || description.folded == measured.description.folded
    }
  }
}

extension Duration {
  /// The length in nanoseconds; one that does not fit is the longest that does (292 years).
  package var nanoseconds: Int64 {
    let (seconds, rest) = components
    let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflows ? .max : product.addingReportingOverflow(rest / 1_000_000_000).partialValue
  }
}

import Glibc

/// Tests of whether numbers of 32 bits look as if each had been drawn at random, independently of those before it.
///
/// No test can prove a keyed hash random. These four fail what is not: a constant, a counter of any step, a clock, and
/// a choice among few. The numbers themselves are tested, and the differences between neighbours, which of random
/// numbers are as random:
/// - Pearson's chi-squared test: whether they fall evenly into 65 parts of the circle of 2^32;
/// - a birthday test: whether more pairs lie close together than by chance, whose count is Poisson's.
package struct Randomness: Sendable {
  /// The least p of a test with which numbers are taken for random. Numbers that are fail one test of the four in 250
  /// million times.
  package static let threshold = 1e-9
  /// The number of parts: it makes the chi-squared distribution's degrees of freedom even, so that it is a sum (see
  /// ``poisson``).
  private static let parts = 65
  /// The largest distance of a close pair: a millisecond of ticks of 64 ns, so that a number less a clock that was read
  /// a moment too early still is close to its like.
  private static let closeness: UInt64 = 1 << 14

  /// The lowest p of the four tests: how likely random numbers are to be at least as uneven.
  package let p: Double

  /// Tests these numbers, in the order in which they were drawn.
  ///
  /// - Parameter numbers: 500 or more, so that each part of the circle has its share; of fewer nothing can be told, and
  ///   p is 0.
  package init(of numbers: [UInt32]) {
    guard numbers.count >= 500 else {
      p = 0
      return
    }
    let differences = zip(numbers.dropFirst(), numbers).map { $0 &- $1 }
    p = [numbers, differences].flatMap { [Self.evenness($0), Self.spacing($0)] }.min() ?? 0
  }

  package var isRandom: Bool { p >= Self.threshold }

  /// The p of the chi-squared test.
  private static func evenness(_ numbers: [UInt32]) -> Double {
    var counts = [Int](repeating: 0, count: parts)
    for number in numbers { counts[Int((UInt64(number) * UInt64(parts)) >> 32)] += 1 }
    let expected = Double(numbers.count) / Double(parts)
    let statistic = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) } / expected
    // With 2m degrees of freedom a value above x is as likely as fewer than m events of Poisson's with mean x/2.
    return poisson(0..<(parts - 1) / 2, mean: statistic / 2)
  }

  /// The p of the birthday test.
  private static func spacing(_ numbers: [UInt32]) -> Double {
    let sorted = numbers.sorted().map(UInt64.init)
    // Once more round, so that the last numbers meet the first.
    let circle = sorted + sorted.map { $0 + (1 << 32) }
    var pairs = 0
    var end = 0
    for start in sorted.indices {
      end = max(end, start)
      while end + 1 < start + sorted.count, circle[end + 1] - circle[start] <= closeness { end += 1 }
      pairs += end - start
    }
    let possible = Double(numbers.count) * Double(numbers.count - 1) / 2
    let mean = possible * (2 * Double(closeness) + 1) / 4_294_967_296
    // What lies further out adds nothing.
    return pairs == 0 ? 1 : poisson(pairs..<(pairs + 400), mean: mean)
  }

  /// The probability of so many events, of which `mean` are expected.
  private static func poisson(_ counts: Range<Int>, mean: Double) -> Double {
    guard mean > 0 else { return counts.contains(0) ? 1 : 0 }
    var logFactorial = (0..<counts.lowerBound).reduce(0) { $0 + log(Double($1 + 1)) }
    var sum = 0.0
    for count in counts {
      sum += exp(Double(count) * log(mean) - mean - logFactorial)
      logFactorial += log(Double(count + 1))
    }
    return sum
  }
}

import Chance
import Kinds
import Scenarios
import Testing

/// A generator of numbers, and what it is like.
struct Generator: Sendable, CustomStringConvertible {
  var description: String
  /// The number of this turn; the argument draws one at random.
  var next: @Sendable (_ turn: UInt32, _ draw: () -> UInt32) -> UInt32

  /// A clock that is subtracted is read up to 32 µs too early, which is 512 ticks.
  static let weak = [
    Generator(description: "a constant") { _, _ in 1000 },
    Generator(description: "a constant less a clock") { turn, draw in 0 &- turn &* 300 &- draw() % 512 },
    Generator(description: "a clock less a clock") { _, draw in draw() % 512 },
    Generator(description: "a clock that is not subtracted") { turn, draw in turn &* 300 &+ draw() % 512 },
    Generator(description: "a counter by one") { turn, _ in turn },
    Generator(description: "a counter as of 4.4BSD, less a clock") { turn, draw in
      turn &* 64_000 &- turn &* 300 &- draw() % 512
    },
    Generator(description: "a counter that falls evenly everywhere, less a clock") { turn, draw in
      turn &* 2_654_435_769 &- turn &* 300 &- draw() % 512
    },
    Generator(description: "random increments as of old BSDs") { turn, draw in
      turn &* 64_000 &+ draw() % 32_768
    },
    Generator(description: "one of 256 numbers") { _, draw in draw() << 24 &+ draw() % 512 },
    Generator(description: "one of 8192 numbers") { _, draw in draw() << 19 &+ draw() % 512 },
    Generator(description: "a counter's squares, each twice") { turn, _ in
      (turn / 2) &* (turn / 2) &* 2_654_435_769
    },
    Generator(description: "random numbers of 31 bits") { _, draw in draw() >> 1 },
  ]
}

@Suite(.tags(.pure)) struct RandomnessTests {
  @Test(arguments: Generator.weak) func whatIsNotRandomFails(generator: Generator) {
    for seed in 0..<2 {
      var random = SplitMix64(seed: UInt64(seed))
      let numbers = (0..<UInt32(1024)).map { turn in
        generator.next(turn) { UInt32(truncatingIfNeeded: random.next() >> 32) }
      }
      #expect(!Randomness(of: numbers).isRandom, "seed \(seed)")
    }
  }

  @Test func randomNumbersPassAndPIsAProbability() {
    let ps = (0..<100).map { seed in
      var random = SplitMix64(seed: UInt64(seed))
      return Randomness(of: (0..<1024).map { _ in UInt32(truncatingIfNeeded: random.next() >> 32) }).p
    }
    #expect(ps.allSatisfy { $0 > 1e-6 && $0 <= 1 })
    // The lowest of four: of 100 about 4 below 0.01 and 34 below 0.1, fewer as counts of pairs come in steps.
    #expect(1...12 ~= ps.count { $0 < 0.01 }, "\(ps.count { $0 < 0.01 })")
    #expect(18...45 ~= ps.count { $0 < 0.1 }, "\(ps.count { $0 < 0.1 })")
  }

  @Test func ofFewNumbersNothingCanBeTold() {
    #expect(!Randomness(of: []).isRandom)
    #expect(!Randomness(of: (0..<499).map { _ in .random(in: 0...UInt32.max) }).isRandom)
  }
}

/// A small generator of pseudo-random numbers with a seed, so that a test that failed fails again
/// (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SplitMix64 {
  /// True in so many of a hundred cases.
  package mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  package mutating func one<Value>(of values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }

  package mutating func bytes(upTo count: Int) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// A valid input with a few octets changed, taken out, doubled, or its end cut off.
  package mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var damaged = bytes
    for _ in 0..<Int.random(in: 1...4, using: &self) where !damaged.isEmpty {
      let index = Int.random(in: 0..<damaged.count, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: damaged[index] = UInt8.random(in: 0...255, using: &self)
      case 1: damaged[index] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &self) ?? 0
      case 2: damaged.remove(at: index)
      case 3: damaged.insert(damaged[index], at: index)
      default: damaged.removeSubrange(index...)
      }
    }
    return damaged
  }
}

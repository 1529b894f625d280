import Documents

/// A pair of ports for each connection that is run, none twice in a row of thousands.
///
/// Tracepoints see the whole machine and name no namespace: where the counting begins is left to chance, so that two
/// probes at a time are told apart.
struct PortNumbers {
  private static let count: UInt16 = 8192
  private var offsets = Both(left: UInt16.random(in: 0..<count), right: UInt16.random(in: 0..<count))

  mutating func next() -> Both<UInt16> {
    offsets = offsets.map { ($0 + 1) % Self.count }
    return Both(left: 40000 + offsets.left, right: 8192 + offsets.right)
  }
}

import Documents

/// A pair of ports for each connection that is run, none twice in a row of thousands.
///
/// All lie below the range that kernels choose ports from by default (32768 to 60999): a port there may be that of a socket
/// which was left to the kernel, and bind() would fail.
///
/// Tracepoints see the whole machine and name no namespace: where the counting begins is left to chance, so that two
/// probes at a time are told apart.
struct PortNumbers {
  private static let count: UInt16 = 8192
  private static let first = Both<UInt16>(left: 16384, right: 8192)
  /// All ports that connections have, of both parties.
  static let all = first.right...first.left + count - 1
  private var offsets = Both(left: UInt16.random(in: 0..<count), right: UInt16.random(in: 0..<count))

  mutating func next() -> Both<UInt16> {
    offsets = offsets.map { ($0 + 1) % Self.count }
    return Both(left: Self.first.left + offsets.left, right: Self.first.right + offsets.right)
  }
}

import Benches
import Documents
import Linux
import Traces

/// A connection that is tried before any run: under some settings no data can arrive, and each run would wait for it.
enum Trial {
  /// The time in which an octet arrives on any machine, in nanoseconds.
  private static let limit: Int64 = 1_000_000_000

  /// - Throws: ``BenchError`` where an octet that one end writes does not arrive at the other.
  static func run(on bench: any Bench) throws {
    var arrived = 0
    let variant = Variant(subject: .scenario(id: "trial"), bench: bench.kind, family: bench.family)
    let trace = try Runner(on: bench).repeatedly(variant) { connection in
      // However long the machine stops, an octet that has a second and twenty looks either arrives or never will.
      connection.waiting.isPatient = true
      try connection.open()
      try connection.call(.send(1), by: connection.opener)
      try connection.expect(connection.opener, SegmentPattern(isData: true))
      // On loopback a segment is seen before it has arrived.
      let deadline = Clock.monotonic() + limit
      var looks = 0
      repeat {
        looks += 1
        arrived = try connection.read(by: connection.opener.other).count
        if arrived == 0 { try connection.carry(for: .milliseconds(10)) }
      } while arrived == 0 && (looks < 20 || Clock.monotonic() < deadline)
    } names: {
      (Both(left: "client", right: "server"), .left)
    }
    // A trial that could not be made proves nothing: the runs give their own reasons.
    guard arrived == 0, trace.end == .finished else { return }
    let buffer = (try? bench.enter(.right) { try Sysctl.read("net.ipv4.tcp_rmem") }) ?? "unknown"
    throw BenchError(
      step: "try a connection under these settings",
      reason: "one byte was sent but did not arrive (net.ipv4.tcp_rmem: "
        + buffer.replacing("\t", with: " ") + "); --sysctls default uses the kernel's defaults")
  }
}

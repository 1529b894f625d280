import Benches
import Documents
import Linux
import Traces

/// A connection that is tried before any run: under some settings no data can arrive, and each run would wait for it.
enum Trial {
  /// - Throws: ``BenchError`` where an octet that one end writes does not arrive at the other.
  static func run(on bench: any Bench) throws {
    var arrived = 0
    let play = Play(subject: .scenario(id: "trial"), bench: bench.kind, family: bench.family)
    _ = try Player(on: bench).repeatedly(play) { stage in
      try stage.open()
      try stage.call(.send(1), by: stage.opener)
      try stage.expect(stage.opener, SegmentPattern(isData: true))
      arrived = try stage.read(by: stage.opener.other).count
    } names: {
      (Both(left: "client", right: "server"), .left)
    }
    guard arrived == 0 else { return }
    let buffer = (try? bench.enter(.right) { try Sysctl.read("net.ipv4.tcp_rmem") }) ?? "unknown"
    throw BenchError(
      step: "try a connection under these settings",
      reason: "an octet that one end wrote did not arrive at the other (net.ipv4.tcp_rmem: "
        + buffer.replacing("\t", with: " ") + "); --settings kernel runs under the kernel's defaults")
  }
}

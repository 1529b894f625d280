import Kinds
import Records
import Testing
import Traces

/// Observers that could not run, in a record.
@Suite(.tags(.pure)) struct KernelLacksTests {
  private func missing(_ facts: (String, String)...) -> [ObserverKind] {
    Environment(facts: facts.map { Environment.Fact($0.0, $0.1) }).missingObservers.map(\.kind)
  }

  @Test func theObserversAreReadFromTheRecord() {
    #expect(missing() == [])
    #expect(
      missing(
        (
          Environment.Name.missing,
          "timer tracepoint (no tracefs); sock_diag (the kernel has no tcp_diag module)"
        ))
        == [.timerTracepoint, .sockDiag])
  }

  /// Each bench has one of the two that see segments.
  @Test func theCaptureIsNotMissedOnTheWireNorTheWireOnLoopback() {
    let capture = (Environment.Name.missing, "capture (not on this bench: the wire sees every segment)")
    #expect(missing((Environment.Name.bench, BenchKind.wire.rawValue), capture) == [])
    #expect(missing((Environment.Name.bench, BenchKind.loopback.rawValue), capture) == [.capture])
    #expect(
      missing(
        (Environment.Name.bench, BenchKind.loopback.rawValue),
        (Environment.Name.missing, "wire (not on this bench: the capture sees every segment)")) == [])
  }

  /// On loopback there is no wire by itself; the reason is that of the bench.
  @Test func theWireIsMissingForTheBenchsReason() {
    let environment = Environment(facts: [
      Environment.Fact(Environment.Name.missing, "wire (not on this bench: the capture sees every segment)"),
      Environment.Fact(Environment.Name.noWire, "the wire needs TUN"),
    ])
    #expect(environment.missingObservers.map(\.reason) == ["the wire needs TUN"])
    #expect(ObserverKind.wire.kernelOptions.contains("CONFIG_TUN"))
  }
}

import Kinds
import Records
import Running
import TCP
import Testing
import Traces

/// The facts that a record has of the place where it was made.
@Suite(.tags(.pure)) struct RunEnvironmentTests {
  /// As one of nothing but learned machines: `check` learns them in the same families.
  @Test(arguments: [[Family.ipv4], [.ipv6], [.ipv4, .ipv6]])
  func aRecordWithoutRunsHasItsFamilies(families: [Family]) {
    let machine = Machine(release: "6.1.0", architecture: "any", hertz: nil, time: 0)
    let run = Run(version: "test", command: "test", machine: machine, documents: [], traces: [])
    let environment = Environment(of: run, on: families, settings: "host", isQuick: true)
    #expect(environment.families == families)
  }
}

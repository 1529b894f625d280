import Claims
import Foundation
import Kinds
import Reports
import TCP
import Testing
import Traces

/// The reports on the state machine, of nothing that was run.
@Suite(.tags(.pure)) struct MachineReportTests {
  private static let machine = Machine(
    release: "6.18.0", architecture: "x86_64", hertz: 250, time: 1_760_000_000)

  private var states: StatesReport {
    StatesReport(
      EdgeTable([], in: []), version: "0.1.0", command: "tcpprobe states", machine: Self.machine,
      family: .ipv4, observers: [ObserverReport(kind: .stateTracepoint, reason: "no tracefs")])
  }

  private var matrix: MatrixReport {
    MatrixReport(
      Matrix([]), version: "0.1.0", command: "tcpprobe matrix", machine: Self.machine, family: .ipv6)
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func edgesThatWereNotTriedAreNoTable() {
    let text = states.rendered(as: .terminal)
    #expect(lines(text).allSatisfy { $0.count <= 80 })
    #expect(text.contains("0 of 33 edges seen, 33 cannot be seen") && !text.contains("passive OPEN"))
  }

  @Test func markdownHasEachEdgeAndTheObserversThatAreMissing() {
    let text = states.rendered(as: .markdown)
    for edge in Edge.all { #expect(text.contains("| \(edge.event)")) }
    #expect(text.contains("no tracefs") && text.contains("passes through"))
  }

  @Test func theMatrixFitsIntoAScreen() {
    let rows = lines(matrix.rendered(as: .terminal))
    #expect(rows.count <= 24 && rows.allSatisfy { $0.count <= 80 })
    for state in State.allCases { #expect(rows.contains { $0.hasPrefix(state.rawValue) }) }
    #expect(rows.contains { $0.hasPrefix("old TSval   ?") })
  }

  @Test func noCellIsEmptyWithoutAReason() {
    for state in State.allCases {
      for kind in MatrixSegment.Kind.allCases {
        let text = matrix.explanation(of: kind, in: state, style: Style())
        #expect(text.contains("not seen: it was not run"))
        #expect(lines(text).allSatisfy { $0.count <= 80 })
      }
    }
  }

  @Test func picturesAreWellFormedAndTellKindsOfLinesApart() throws {
    let svg = states.rendered(as: .svg)
    #expect(WellFormed(svg) != nil)
    #expect(WellFormed(states.rendered(as: .html)) != nil && WellFormed(matrix.rendered(as: .html)) != nil)
    #expect(svg.contains(EdgeTable.Kind.notTried.rawValue))
    #expect(svg.contains("stroke-dasharray") && svg.contains("prefers-color-scheme:dark"))
    for state in State.allCases { #expect(svg.contains(">\(state.rawValue)<")) }
  }

  @Test func mermaidHasALineForEachTransition() {
    let text = states.rendered(as: .mermaid)
    #expect(text.contains("stateDiagram-v2"))
    #expect(states.rendered(as: .markdown).contains("| LISTEN"))
  }

  @Test func jsonNamesItsKind() throws {
    for (text, kind) in [(states.rendered(as: .json), "states"), (matrix.rendered(as: .json), "matrix")] {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      #expect(object?["kind"] as? String == kind)
    }
  }
}

import Benches
import Claims
import Documents
import Notations
import Running
import Scenarios
import TCP
import Traces

/// A page with one ladder, which tcpprobe runs as it runs a page of a person: a connection is opened, both ends send in
/// turn, and both close.
struct MeasuredPage {
  private let source: Run.Source

  init(exchanges: Int, octets: Int) {
    var rows = ["| client | server |", "| --- | --- |"]
    rows += ["| SYN(SEQ:1000) | listen() |", "| | SYN+ACK(SEQ:2000,ACK:1001) |", "| ACK:2001 | |"]
    let read = "recv(\(octets)) "
    func number(_ first: Int, _ exchanges: Int) -> Int { first + exchanges * octets }
    for index in 0..<exchanges {
      let first = (index == 0 ? "" : read) + "data(SEQ:\(number(1001, index)), \(octets)bytes)"
      let second =
        "\(read)data(SEQ:\(number(2001, index)), ACK:\(number(1001, index + 1)), \(octets)bytes)"
      rows.append("| \(first) | \(second) |")
    }
    let (last, answer) = (number(1001, exchanges), number(2001, exchanges))
    rows.append("| \(read)close() FIN(SEQ:\(last)) | close() FIN(SEQ:\(answer), ACK:\(last + 1)) |")
    rows.append("| ACK:\(answer + 1) | |")
    source = Run.Source(name: "benchmarks", text: rows.joined(separator: "\n") + "\n")
  }

  /// Reads, runs and judges it as `tcpprobe check` does.
  ///
  /// - Throws: ``NotMeasured`` where it is not confirmed: then something else was measured.
  func check(on bench: any Bench) throws -> Trace {
    let page = try read()
    let runnables = RunList.runnables(of: [page], in: Scenarios.catalogue)
    let traces = try Driver().run(runnables, on: bench)
    let run = Run(
      version: "benchmarks", command: "benchmarks", machine: .here(), documents: [source], traces: traces)
    let assessment = try Assessment(of: run, by: Scenarios.catalogue)
    guard let trace = traces.first, assessment.claims.allSatisfy({ $0.verdict.kind == .confirmed }) else {
      throw NotMeasured(description: "the page that is run was not confirmed")
    }
    return trace
  }

  /// Runs it by the runner that commands use, which has been made before, and does not judge it.
  func run(by runner: Runner) throws -> Trace {
    let page = try read()
    guard let ladder = page.ladders.first else { throw NotMeasured(description: "the page has no ladder") }
    return try runner.run(ladder, of: page.name)
  }

  private func read() throws -> Page { try Page(of: source, by: Scenarios.catalogue) }
}

extension Trace {
  /// The number of segments that either end sent.
  var segmentCount: Int { events.count { $0.segment != nil } }
}

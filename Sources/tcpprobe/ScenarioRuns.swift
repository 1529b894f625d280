import Benches
import Claims
import Linux
import Reports
import Running
import Scenarios
import TCP
import Traces

/// Runs of scenarios whose traces make a report of their own.
struct ScenarioRuns {
  var options: RunOptions
  /// The file that the report goes to; nil for standard output.
  var output: String?

  /// Runs them side by side, and writes what `report` makes of their traces.
  func report(_ runnables: [Runnable], _ report: ([Trace], Family) throws -> String) throws {
    let outputs = try Outputs([(Outputs.report, output), ("--pcap", options.pcap)])
    let (traces, family) = try options.onBench { bench, note, progress in
      if let note { Output.note(note) }
      return (try Driver().run(runnables, on: bench, progress: progress.show), bench.family)
    }
    let text = try report(traces, family)
    if let pcap = options.pcap {
      let run = Run(
        version: TCPProbe.version, command: "tcpprobe", machine: .here(), documents: [], traces: traces)
      try outputs.write(run.pcapng(), to: pcap)
    }
    try outputs.write(text, to: output)
  }
}

extension [Trace] {
  /// The observers of the run that most of them took part in.
  var fullestObservers: [ObserverReport] {
    self.max { $0.observers.count(where: \.ran) < $1.observers.count(where: \.ran) }?.observers ?? []
  }
}

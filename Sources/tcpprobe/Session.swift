import ArgumentParser
import Benches
import Claims
import Documents
import Linux
import Reports
import Scenarios
import Traces

/// Plays documents: their ladders one by one, and the scenarios that their facts ask for.
struct Session {
  var options: PlayOptions
  var output: OutputOptions
  /// The command as a person types it.
  var command: String
  var passiveClose: Plan.PassiveClose = .late
  /// Under which conditions a scenario is played.
  var conditions: (ScenarioID) -> [[Condition]] = PlayList.conditions(of:)
  /// What is said under the report.
  var closing: (Assessment) -> Closing = { _ in Closing() }

  /// Plays what is wanted of the pages and writes the report.
  ///
  /// - Parameter isWanted: by the claims of a rung or fact; all, where it is nil.
  /// - Returns: the run beside its documents.
  @discardableResult
  func play(_ sources: [Run.Source], isWanted: ((String) -> Bool)? = nil) throws -> Assessment {
    do {
      let pages = try sources.map { try Page(reading: $0.text, name: $0.name) }
      let wanted = Selection(pages: pages, isWanted: isWanted)
      // A ladder that cannot be played is told before anything is.
      for (page, ladder) in wanted.ladders { _ = try Plan(ladder, page: page, passiveClose: passiveClose) }
      // A signal ends the play first, and then, when the bench is gone, the program.
      let traces = try Signals.deferring {
        let (bench, note) = try options.bench()
        if let note { Output.note(note) }
        return try play(wanted, on: bench)
      }
      let run = Run(
        version: TCPProbe.version, command: command, machine: .here(), documents: sources, traces: traces)
      let assessment = try Assessment(of: run)
      if let pcap = options.pcap { try Output.write(run.pcapng(), to: pcap) }
      try output.write(assessment, closing: closing(assessment))
      return assessment
    } catch let error as PageError {
      throw Failure("\(error)", status: ExitCode(64))
    } catch let error as BenchError {
      throw Failure("\(error)")
    }
  }

  private func play(_ wanted: Selection, on bench: any Bench) throws -> [Trace] {
    let progress = Progress()
    defer { progress.clear() }
    let player = Player(on: bench, progress: progress.show)
    var traces: [Trace] = []
    for (number, (page, ladder)) in wanted.ladders.enumerated() {
      if number > 10 { progress.show("table \(number + 1) of \(wanted.ladders.count)") }
      traces.append(try player.play(ladder, of: page, passiveClose: passiveClose))
    }
    for scenario in wanted.scenarios {
      for conditions in conditions(scenario) {
        traces.append(try Scenarios.play(scenario, under: conditions, with: player, on: bench))
      }
    }
    return traces
  }
}

/// What of some pages is to be played.
struct Selection {
  var ladders: [(page: String, ladder: Ladder)] = []
  var scenarios: [ScenarioID] = []

  init(pages: [Page], isWanted: ((String) -> Bool)?) {
    for page in pages {
      for ladder in page.ladders {
        let claims = ladder.rungs.flatMap(\.claims)
        if isWanted.map({ claims.contains(where: $0) }) ?? true { ladders.append((page.name, ladder)) }
      }
      for fact in page.facts.flatMap(\.rows) {
        guard isWanted.map({ fact.claims.contains(where: $0) }) ?? true,
          let scenario = PlayList.scenario(measuring: fact.what), !scenarios.contains(scenario)
        else { continue }
        scenarios.append(scenario)
      }
    }
  }
}

extension Machine {
  /// The machine that this process runs on.
  static func here() -> Machine {
    let ticks = System.ticksPerSecond
    return Machine(
      release: System.release, architecture: System.machine, hertz: ticks > 0 ? ticks : nil,
      time: (Clock.monotonic() + Clock.realtimeOffset()) / 1_000_000_000)
  }
}

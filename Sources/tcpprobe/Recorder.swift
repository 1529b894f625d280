import ArgumentParser
import Benches
import Claims
import Documents
import Linux
import Records
import Scenarios
import TCP
import Traces

/// Under which settings a record is played.
enum SettingsMode: String, ExpressibleByArgument, CaseIterable {
  /// This machine's TCP sysctls, copied into the private namespaces.
  case host
  /// The kernel's defaults.
  case kernel
}

/// Plays everything that a record holds.
struct Recorder {
  var options: PlayOptions
  /// The command as a person types it.
  var command: String
  var mode = SettingsMode.host
  /// Settings to be played under instead: another record's.
  var pinned: HostSettings?
  /// Only sections whose names are told by this; all, where it is nil.
  var isWanted: ((String) -> Bool)?
  /// Leaves out what waits for the kernel for longer than 2 s.
  var isQuick = false
  /// Waits out every timer at its default, too.
  var isEveryTimer = false
  /// Most plays wait for the kernel most of the time; a small machine is spared what it would only play again.
  var lanes = min(8, 4 * System.processorCount)
  /// A record has everything in it, however busy the machine: what it spoils is played again for longer.
  private static let tries = 100

  func record() throws -> (record: Record, run: Run) {
    do {
      let pages = try BuiltInPages.everyPage.map { try $0.read() }
      let playables = PlayList.recorded(from: pages, everyTimer: isEveryTimer).filter { playable in
        let name = Record.name(of: playable.play(on: .wire, options.family))
        return (!isQuick || PlayList.wait(for: playable) <= 2) && isWanted?(name) ?? true
      }
      return try Signals.deferring { try record(playables) }
    } catch let error as PageError {
      throw Failure("\(error)", status: ExitCode(64))
    } catch let error as BenchError {
      throw Failure("\(error)")
    }
  }

  private func record(_ playables: [Playable]) throws -> (record: Record, run: Run) {
    var (bench, note) = try options.bench()
    if let note { Output.note(note) }
    if pinned != nil, !bench.isPrivate {
      throw Failure(
        "--pin: the recorded settings cannot be set, for no network namespace of its own can be made here, and the"
          + " machine's own is not changed. Nothing was run; tcpprobe doctor says what would help",
        isOfBench: true)
    }
    let settings = pinned ?? (mode == .host ? HostSettings.here() : HostSettings())
    if bench.isPrivate, !settings.values.isEmpty {
      bench = try bench.kind.bench(bench.family, settings: settings)
    }
    let conditions = try conditions(on: bench)
    let traces = try play(playables, on: bench)
    let run = Run(
      version: TCPProbe.version, command: command, machine: .here(), documents: [], traces: traces)
    var environment = try environment(of: run, on: bench, settings: conditions)
    if let note { environment.facts.append(Environment.Fact(Environment.Name.noWire, note)) }
    return (Record(of: run, environment: environment), run)
  }

  /// What waits longest is begun first; what a busy machine spoiled is played again when the others are done.
  private func play(_ playables: [Playable], on bench: any Bench) throws -> [Trace] {
    let order = playables.indices.sorted {
      (-PlayList.wait(for: playables[$0]), $0) < (-PlayList.wait(for: playables[$1]), $1)
    }
    let progress = Progress()
    defer { progress.clear() }
    let played = try Scenarios.play(
      order.map { playables[$0] }, on: bench, lanes: lanes, isolated: true, progress: progress.show)
    var traces = Dictionary(uniqueKeysWithValues: zip(order, played))
    let spoiled = order.filter { traces[$0]?.end == .stalled }
    let again = try Scenarios.play(
      spoiled.map { playables[$0] }, on: bench, lanes: 1, tries: Self.tries, isolated: true,
      progress: progress.show)
    for (place, trace) in zip(spoiled, again) { traces[place] = trace }
    return playables.indices.compactMap { traces[$0] }
  }

  /// The settings that everything is run under, as the record says it: never more than is so.
  private func conditions(on bench: any Bench) throws -> String {
    guard let pinned else {
      guard mode == .kernel, !bench.isPrivate else { return mode.rawValue }
      Output.note(
        "--settings kernel: without a network namespace of its own everything runs under this machine's settings"
      )
      return SettingsMode.host.rawValue
    }
    let missing = try pinned.missing(on: bench, machine: HostSettings.here())
    guard !missing.isEmpty else { return "pinned" }
    for (name, reason) in missing { Output.note("--pin: \(name) is not pinned: \(reason)") }
    return "pinned, but for " + missing.map(\.name).joined(separator: ", ")
  }

  private func environment(of run: Run, on bench: any Bench, settings: String) throws -> Environment {
    var environment = Environment(of: run, settings: settings, isQuick: isQuick)
    environment.facts.append(
      Environment.Fact(Environment.Name.privileges, Privileges.ofThisThread().inWords))
    if isEveryTimer {
      environment.facts.append(Environment.Fact(Environment.Name.isEveryTimer, "waited out"))
    }
    let standard = (try? HostSettings.standard()) ?? HostSettings()
    let here = HostSettings.here()
    let played = try bench.enter(.left) { HostSettings.here() }
    // What a namespace has none of its own of is the machine's.
    for name in Set(here.values.keys).union(played.values.keys).sorted() {
      guard let value = played.values[name] ?? here.values[name] else { continue }
      environment.settings.append(
        Environment.Setting(name, value, standard: bench.isPrivate ? standard.values[name] : nil))
    }
    return environment
  }
}

extension Environment {
  /// What a run tells of where it was made.
  init(of run: Run, settings: String, isQuick: Bool) {
    let machine = run.machine
    var facts = [
      Fact(Name.release, machine.release), Fact(Name.build, System.version),
      Fact(Name.architecture, machine.architecture),
      Fact(Name.hertz, machine.hertz.map(String.init) ?? "unknown"), Fact(Name.version, run.version),
      Fact(Name.settings, settings), Fact(Name.isQuick, isQuick ? "yes" : "no"),
      Fact(Name.congestionControl, (try? Sysctl.read("net.ipv4.tcp_congestion_control")) ?? "unknown"),
    ]
    if let play = run.traces.first?.play {
      facts += [Fact(Name.bench, play.bench.rawValue), Fact(Name.family, play.family.rawValue)]
    }
    var (seen, missing): ([String], [String]) = ([], [])
    let fullest = run.traces.max { first, second in
      first.observers.count(where: \.ran) < second.observers.count(where: \.ran)
    }
    for report in fullest?.observers ?? [] {
      let name = report.kind.rawValue
      if let reason = report.reason { missing.append("\(name) (\(reason))") } else { seen.append(name) }
    }
    facts.append(Fact(Name.observers, seen.joined(separator: ", ")))
    if !missing.isEmpty { facts.append(Fact(Name.missing, missing.joined(separator: "; "))) }
    facts.append(Fact(Name.voids, "\(run.traces.reduce(0) { $0 + $1.voids })"))
    self.init(facts: facts)
  }
}

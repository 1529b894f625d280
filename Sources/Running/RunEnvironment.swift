import Benches
import Linux
package import Records
package import TCP
package import Traces

extension RecordRun {
  /// The settings that everything is run under, as the record says it: never more than is so.
  func conditions(on bench: any Bench) throws -> String {
    switch settings {
    case .host: return settings.name
    case .kernel:
      guard !bench.isPrivate else { return settings.name }
      tell(
        "--sysctls default has no effect: without a private network namespace, this machine's settings apply"
      )
      return SettingsSource.host.name
    case .pinned(let pinned):
      let missing = try pinned.missing(on: bench, machine: HostSettings.here())
      guard !missing.isEmpty else { return settings.name }
      for (name, reason) in missing { tell("--recorded-sysctls: \(name) was not set: \(reason)") }
      return settings.name + ", except " + missing.map(\.name).joined(separator: ", ")
    }
  }

  /// The conditions of a record beside the kernel's code.
  func environment(
    of run: Run, on bench: any Bench, _ families: [Family], settings: String
  ) throws -> Environment {
    var environment = Environment(
      of: run, on: families, settings: settings, isQuick: longestWait <= RecordRun.quick)
    environment.facts.append(
      Environment.Fact(Environment.Name.privileges, Privileges.ofThisThread().inWords))
    if isEveryTimer {
      environment.facts.append(Environment.Fact(Environment.Name.isEveryTimer, "waited out"))
    }
    if driver.isInVirtualTime {
      environment.facts.append(Environment.Fact(Environment.Name.clock, Environment.virtual))
    }
    let standard = (try? HostSettings.standard()) ?? HostSettings()
    let here = HostSettings.here()
    let ran = try bench.enter(.left) { HostSettings.here() }
    // What a namespace has none of its own of is the machine's.
    for name in Set(here.values.keys).union(ran.values.keys).sorted() {
      guard let value = ran.values[name] ?? here.values[name] else { continue }
      environment.settings.append(
        Environment.Setting(name, value, standard: bench.isPrivate ? standard.values[name] : nil))
    }
    return environment
  }
}

extension Environment {
  /// The facts that a run tells of the place where it was made.
  package init(of run: Run, on families: [Family], settings: String, isQuick: Bool) {
    let machine = run.machine
    var facts = [
      Fact(Name.release, machine.release), Fact(Name.build, System.version),
      Fact(Name.architecture, machine.architecture),
      Fact(Name.hertz, machine.hertz.map(String.init) ?? "unknown"), Fact(Name.version, run.version),
      Fact(Name.settings, settings), Fact(Name.isQuick, isQuick ? "yes" : "no"),
      Fact(Name.congestionControl, (try? Sysctl.read("net.ipv4.tcp_congestion_control")) ?? "unknown"),
    ]
    if let variant = run.traces.first?.variant { facts.append(Fact(Name.bench, variant.bench.rawValue)) }
    // A record of nothing but machines has no run, and has them in these families.
    facts.append(Fact(Name.family, families.map(\.rawValue).joined(separator: ", ")))
    var (seen, missing): ([String], [String]) = ([], [])
    let fullest = run.traces.max { first, second in
      first.observers.count(where: \.ran) < second.observers.count(where: \.ran)
    }
    // Reasons are no part of a record.
    for report in fullest?.observers ?? [] where report.kind != .reasonTracepoint {
      let name = report.kind.rawValue
      if let reason = report.reason { missing.append("\(name) (\(reason))") } else { seen.append(name) }
    }
    facts.append(Fact(Name.observers, seen.joined(separator: ", ")))
    if !missing.isEmpty { facts.append(Fact(Name.missing, missing.joined(separator: "; "))) }
    facts.append(Fact(Name.disturbances, "\(run.traces.reduce(0) { $0 + $1.disturbances })"))
    self.init(facts: facts)
  }
}

extension Machine {
  /// The machine that this process runs on.
  package static func here() -> Machine {
    let ticks = System.ticksPerSecond
    return Machine(
      release: System.release, architecture: System.machine, hertz: ticks > 0 ? ticks : nil,
      time: (Clock.monotonic() + Clock.realtimeOffset()) / 1_000_000_000)
  }
}

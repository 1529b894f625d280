import ArgumentParser
import Benches
import Claims
import Documents
import Linux
import Running
import SystemPackage
import Traces

struct Scripts: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs suites of packetdrill scripts, beside packetdrill itself.",
    discussion: """
      The report tells how many scripts of each suite are read whole, the line that stops each other one, and the verdicts. \
      With --packetdrill it also has packetdrill's own: each script is run up to three times in a new network namespace, \
      and passes if one run does, for packetdrill goes by the clock.

      Examples:
        trust scripts google=packetdrill/gtests/net/tcp --packetdrill packetdrill/gtests/net/packetdrill/packetdrill
        trust scripts kernel=linux/tools/testing/selftests/net/packetdrill > Reports/packetdrill.md
      """)

  @Argument(help: ArgumentHelp("Suites: a name and the folder of its scripts.", valueName: "name=folder"))
  var suites: [String]

  @ArgumentParser.Option(help: "packetdrill's program.") var packetdrill: String?

  func run() throws {
    var report = ScriptTable(release: System.release)
    for suite in suites {
      let parts = suite.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, WholeFile.isFolder(parts[1]) else {
        throw ValidationError("\(suite): expected a name and a folder, such as google=gtests/net/tcp")
      }
      report.suites.append((parts[0], try judged(in: parts[1])))
    }
    tell(report.markdown)
  }

  private func judged(in folder: String) throws -> [ScriptTable.Row] {
    let paths = Self.scripts(in: folder, below: "")
    return try paths.enumerated().map { place, path in
      let bytes = try WholeFile.read("\(folder)/\(path)", limit: 1 << 20)
      let script = ScriptFile.script(String(decoding: bytes, as: UTF8.self), path: "\(folder)/\(path)")
      let judgement: ScriptJudgement
      do throws(BenchError) {
        let (runs, decision) = try ScriptRunner().run(script)
        judgement = ScriptJudgement(script: script, runs: runs, decision: decision)
      } catch {
        judgement = ScriptJudgement(script: script, runs: [], decision: .undecided(.other("\(error)")))
      }
      let passes = packetdrill.map { Self.passes(path, in: folder, script.settings, program: $0) }
      try? WholeFile.write(Array("\r\(place + 1) of \(paths.count) in \(folder)".utf8), to: 2)
      return ScriptTable.Row(path: path, judgement: judgement, passes: passes)
    }
  }

  /// The scripts in a folder and those below it, by their paths in it.
  private static func scripts(in folder: String, below path: String) -> [String] {
    WholeFile.names(in: path.isEmpty ? folder : "\(folder)/\(path)").sorted().flatMap { name -> [String] in
      let inner = path.isEmpty ? name : "\(path)/\(name)"
      if name.hasSuffix(".pkt") { return [inner] }
      return WholeFile.isFolder("\(folder)/\(inner)") ? scripts(in: folder, below: inner) : []
    }
  }

  /// Tells whether packetdrill passes the script, with what those who run the common suites give it.
  private static func passes(
    _ path: String, in folder: String, _ settings: ScriptSettings, program: String
  ) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    let place = ([folder] + parts.dropLast()).joined(separator: "/")
    // Options of the command would win over the script's own.
    let standard = settings.family == .ipv6 ? ScriptSettings.ipv6 : ScriptSettings()
    let isStandard = (settings.local, settings.remote) == (standard.local, standard.remote)
    var options =
      settings.family == .ipv6
      ? "--ip_version=ipv6 --mtu=\(settings.mtu) -D TFO_COOKIE=c1d1e9742a47a9bc -D CMSG_LEVEL_IP=SOL_IPV6"
        + " -D CMSG_TYPE_RECVERR=IPV6_RECVERR"
      : "--ip_version=ipv4 -D TFO_COOKIE=3021b9d889017eeb -D TFO_COOKIE_ZERO=b7c12350a90dc8f5"
        + " -D CODE=host_unreachable -D CMSG_LEVEL_IP=SOL_IP -D CMSG_TYPE_RECVERR=IP_RECVERR"
    if isStandard {
      options +=
        " --local_ip=\(settings.local) --gateway_ip=\(settings.gateway) --remote_ip=\(settings.remote)/24"
    }
    let words =
      ["unshare", "-n", "--wd", place, "timeout", "100", program]
      + options.split(separator: " ").map(String.init)
      + [parts.last ?? path]
    for _ in 0..<3 {
      // Its output is of no use here.
      guard let said = try? MemoryFile(named: "packetdrill"),
        let child = try? ChildProcess(
          words, output: said.descriptor.rawValue, errors: said.descriptor.rawValue)
      else { return false }
      if child.wait() == .exited(status: 0) { return true }
    }
    return false
  }
}

import ArgumentParser
import Benches
import Claims
import Documents
import Reports
import Scenarios
import Traces

struct TimeWait: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which end is in TIME_WAIT, for how long, and when its port can be used again.",
    discussion: """
      Closes connections, shows which end is in TIME_WAIT, and waits until the kernel's timer expires, which takes \
      one minute. During this minute it tries bind(), connect(), a SYN and an RST with the same addresses and ports, \
      under several sysctls.

      Examples:
        tcpprobe time-wait
        tcpprobe time-wait --no-wait          skips this wait
        tcpprobe time-wait --count 60000      memory and ports of 60,000 sockets
        tcpprobe time-wait --format markdown --output time-wait.md
      """)

  @Flag(help: "Skip everything that waits for the end of TIME_WAIT.")
  var noWait = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Run only the section about many sockets: create this many TIME_WAIT sockets on a private loopback, measure their memory, then use up the ports to one destination.",
      valueName: "number"))
  var count: Int?

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count \(count): expected at least 1") }
    if count != nil, noWait {
      throw ValidationError("--count does not wait, so --no-wait cannot be used with it")
    }
    if count != nil, runOptions.place.on == .wire { throw ValidationError("--count runs on loopback only") }
  }

  func run() throws {
    try Failure.reporting {
      if let count {
        let (largest, reason) = CrowdLimit.largest()
        if count > largest {
          throw Failure(
            "--count \(count): expected at most \(largest) on this machine (\(reason))", status: ExitCode(64))
        }
      }
      var options = runOptions
      // A crowd has a loopback of its own.
      if count != nil { options.place.on = .loopback }
      var session = Session(options: options, output: output, command: command)
      session.sectionStyle = output.lessonStyle
      session.omission = noWait ? .noWait : nil
      if let count {
        // What it costs is told of this crowd alone.
        session.lanes = 1
        session.change = { runnable in
          if case .scenario(Scenario.crowd.name, _) = runnable {
            .scenario(.crowd, under: [.count(count)])
          } else {
            runnable
          }
        }
      }
      let assessment = try session.run(
        BuiltInPages.demonstrations.filter { $0.id == "time-wait" }.map {
          Run.Source(name: $0.id, text: $0.source)
        }, isWanted: isWanted
      ) {
        try output.write(
          $0, into: $1, closing: .timeWait($0, with: .measured), tellsPages: true, shown: $2)
      }
      if !assessment.isDecided { throw ExitCode(2) }
    }
  }

  private var command: String {
    "tcpprobe time-wait" + (noWait ? " --no-wait" : "") + (count.map { " --count \($0)" } ?? "")
  }

  private func isWanted(_ claim: String) -> Bool {
    if count != nil { return claim.hasPrefix("T5.") }
    return !claim.hasPrefix("T5.")
  }
}

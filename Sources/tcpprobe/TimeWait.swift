import ArgumentParser
import Benches
import Claims
import Documents
import Reports
import Scenarios
import Traces

struct TimeWait: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows who holds TIME_WAIT, for how long, and what can be done with its port.",
    discussion: """
      Closes connections, says which end is left in TIME_WAIT, and counts down by the kernel's own timer until it \
      is gone: a minute. Before that it tries what people try with the same addresses and ports: bind(), connect(), \
      a SYN, an RST, settings.

      Examples:
        tcpprobe time-wait
        tcpprobe time-wait --no-wait          all that needs no minute
        tcpprobe time-wait --count 60000      that many at once: memory, and ports running out
        tcpprobe time-wait --format markdown --output time-wait.md
      """)

  @Flag(help: "Leave out what waits for TIME_WAIT to run out.")
  var noWait = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Instead make so many TIME_WAITs, on a loopback of their own, and show what they cost.",
      valueName: "number"))
  var count: Int?

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count \(count): at least 1") }
    if count != nil, noWait { throw ValidationError("--count waits for nothing: leave --no-wait out") }
    if count != nil, play.on == .wire { throw ValidationError("--count plays on loopback, not on the wire") }
  }

  func run() throws {
    try Failure.reporting {
      if let count {
        let (largest, reason) = CrowdLimit.largest()
        if count > largest {
          throw Failure(
            "--count \(count) is too many: at most \(largest) work here (\(reason))", status: ExitCode(64))
        }
      }
      var options = play
      // A crowd has a loopback of its own.
      if count != nil { options.on = .loopback }
      var session = Session(options: options, output: output, command: command)
      session.omission = noWait ? .noWait : nil
      if let count {
        // What it costs is told of this crowd alone.
        session.lanes = 1
        session.change = { playable in
          if case .scenario(Scenario.crowd.name, _) = playable {
            .scenario(.crowd, under: [.count(count)])
          } else {
            playable
          }
        }
      }
      let assessment = try session.play(
        BuiltInPages.demonstrations.filter { $0.id == "time-wait" }.map {
          Run.Source(name: $0.id, text: $0.source)
        }, isWanted: isWanted
      ) { try output.write($0, into: $1, closing: .timeWait($0), tellsPages: true) }
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

import ArgumentParser
import Benches
import Learning
import Linux
import Reports
import Running
import TCP

struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learns the state machine that this kernel's TCP has, and draws it.",
    discussion: """
      Runs thousands of sequences ("words") of calls and segments, each on a new connection in a private network \
      namespace, until a state machine predicts every answer of the kernel. Then this machine is tested: first with \
      random words, then with every word that is needed to rule out any different machine with up to --depth more \
      states. Runs with different seeds give the same machine. A segment has the numbers that the kernel expects next, \
      unless its name says old or beyond. In the answers, seq and ack are given relative to what the peer expects: next, \
      new, old, first or zero. Timers are not part of the machine.

      Examples:
        tcpprobe learn
        tcpprobe learn --side server --format html --output server.html
        tcpprobe learn --state 12
        tcpprobe learn --format json --output before.json
        tcpprobe learn --against before.json
        tcpprobe learn --against before.json --witnesses scripts
        tcpprobe learn --format dot | dot -Tsvg > machine.svg

      Exit status:
        0   learned; with --against, the same machine
        1   --against: the state machines differ
        2   a word had two answers, or the run was not possible
        64  wrong usage, or a file that is not a state machine
        130 interrupted: the machine so far is shown
      """)

  @ArgumentParser.Option(help: "The end that the tested kernel plays.")
  var side: Side = .client

  @ArgumentParser.Option(help: "The address family.")
  var family: Family = .ipv4

  @ArgumentParser.Option(help: ArgumentHelp("The seed of the random words.", valueName: "number"))
  var seed: UInt64 = 1

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Rule out every other machine that has up to this many more states, 0 (a quick look) to 3.",
      valueName: "states"))
  var depth = MachineRun.usualDepth

  @ArgumentParser.Option(
    help: ArgumentHelp("The number of random words to test with first.", valueName: "number"))
  var words = MachineRun.usualWords

  @ArgumentParser.Option(help: ArgumentHelp("The format of the machine.", valueName: "format"))
  var format: MachineFormat = .terminal

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the machine to this file; - is standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Also show every edge of each state, or every difference as a ladder (terminal).")
  var all = false

  @ArgumentParser.Option(
    help: ArgumentHelp("Show the shortest way to this state as a ladder instead.", valueName: "number"))
  var state: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Compare with this machine, which learn --format json has written: each kind of difference, with a shortest word that"
        + " this kernel was asked.",
      valueName: "file"))
  var against: String?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "With --against: write two packetdrill scripts for each kind of difference into this folder, one that passes on the"
        + " kernel of that machine, and one that passes here.", valueName: "folder"))
  var witnesses: String?

  func validate() throws {
    if witnesses != nil, against == nil { throw ValidationError("--witnesses needs --against") }
    if against != nil {
      if state != nil { throw ValidationError("--state cannot be used with --against") }
      if format != .terminal, format != .json {
        throw ValidationError("--against needs --format terminal or json")
      }
    }
    guard 0...3 ~= depth else { throw ValidationError("--depth \(depth): expected 0 to 3") }
    guard 0...10_000_000 ~= words else {
      throw ValidationError("--words \(words): expected 0 to 10000000")
    }
    if state != nil, format != .terminal { throw ValidationError("--state needs --format terminal") }
  }

  func run() throws {
    try Failure.reporting {
      let outputs = try Outputs([(Outputs.report, output)], inputs: [against].compactMap { $0 })
      // A machine that cannot be compared or a folder that cannot be written is refused before anything is learned.
      let before = try against.map(machine(at:))
      let folder = try witnesses.map { try WitnessFolder($0) }
      let machine: LearnedMachine
      let isWhole: Bool
      do {
        // A signal ends learning first, and then, when what is known was shown, the program.
        (machine, isWhole) = try Signals.deferring {
          let learned = try learn(beside: before)
          if Signals.isPending, before == nil { try show(learned.machine, into: outputs) }
          return learned
        }
      } catch let error as BenchError {
        throw Failure("\(error)", isOfBench: true)
      }
      guard let before else {
        try show(machine, into: outputs)
        if !isWhole { throw ExitCode(2) }
        return
      }
      guard isWhole else { throw Failure("the machine is not whole, so it is not compared") }
      try compare(before, machine, into: outputs, folder)
    }
  }

  /// Reads the machine of a file; it must be of the same side and alphabet.
  private func machine(at path: String) throws -> LearnedMachine {
    let machine = try Input.machine(path)
    guard machine.side == side, machine.inputs == side.alphabet else {
      throw Failure(
        "\(path) is the machine of a \(machine.side.rawValue) with \(machine.inputs.count) inputs: expected that of a"
          + " \(side.rawValue) with \(side.alphabet.count)", status: ExitCode(64))
    }
    return machine
  }

  private func compare(
    _ before: LearnedMachine, _ now: LearnedMachine, into outputs: Outputs, _ folder: WitnessFolder?
  )
    throws
  {
    let comparison = try MachineComparison(before, now)
    let report = MachineComparisonReport(before, now, comparison)
    var style = Style(for: output)
    style.drawsAll = all
    let text = format == .json ? report.jsonReport() : report.terminalReport(style: style)
    try outputs.write(text, to: output)
    try folder?.write(
      MachineWitnesses(before, now, comparison, names: (before: before.release, now: now.release)))
    if !comparison.isSame { throw ExitCode(1) }
  }

  /// Learns the machine, and tells of what came in the way.
  ///
  /// - Parameter known: the machine that it is compared with.
  private func learn(beside known: LearnedMachine?) throws -> (machine: LearnedMachine, isWhole: Bool) {
    try BenchOptions.prepareProcess()
    let progress = Progress(guests: true)
    defer { progress.clear() }
    var run = MachineRun(side: side, family: family, depth: depth, words: words, seed: seed)
    run.known = known
    let (machine, end) = try run.run(report: { progress.show($0.line) })
    progress.clear()
    switch end {
    case .learned: break
    case .interrupted: Output.note("interrupted")
    case .nondeterministic(let word, let answers):
      Output.note(
        "one word had several answers: \(word.map(\.rawValue).joined(separator: ", "))\n"
          + side.ladders(of: word, answers: answers, style: Style(width: 78)))
    }
    guard let machine else { throw Failure("no machine was known yet") }
    return (machine, machine.bounds.isComplete)
  }

  private func show(_ machine: LearnedMachine, into outputs: Outputs) throws {
    var style = Style(for: output)
    style.drawsAll = all
    if let state {
      guard 0..<machine.stateCount ~= state else {
        throw Failure(
          "--state \(state): the machine has the states 0 to \(machine.stateCount - 1)", status: ExitCode(64))
      }
      return try outputs.write(machine.ladder(to: state, style: style), to: output)
    }
    let command = "tcpprobe learn --side \(side.rawValue) --family \(family.rawValue)"
    try outputs.write(machine.rendered(as: format, style: style, command: command), to: output)
  }
}

extension LearningProgress {
  fileprivate var line: String {
    let asked = "\(grouped(counts.queries)) words, \(grouped(counts.steps)) inputs"
    return "\(states) states; \(asked)" + (isTesting ? "; \(grouped(counts.tests)) tests" : "")
  }
}

extension Side: ExpressibleByArgument {}
extension MachineFormat: ExpressibleByArgument {}

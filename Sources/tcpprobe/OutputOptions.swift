import ArgumentParser
import Claims
import Linux
import Reports
import Scenarios
import Traces

/// The options for the report.
struct OutputOptions: ParsableArguments {
  @ArgumentParser.Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "The format of the report. Default: terminal.",
      discussion:
        "html: one page for a browser. slides: a page with one step per screen. svg: one drawing. pkt: a packetdrill script. ktap, junit: for test systems."
    ))
  var chosenFormat: Format?

  var format: Format { chosenFormat ?? .terminal }

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file; - is standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Show every ladder that was run, and all figures.")
  var all = false

  @Flag(help: "Also show how many events each observer saw, and the calls that tcpprobe added.")
  var evidence = false

  @Flag(
    help:
      "Show the time of each step. By default only waits for a timer show a time."
  )
  var times = false

  @Flag(
    help: "Ask for the states of each step before showing them (html, slides).")
  var quiz = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The ladder for --format svg or pkt: the id of one of its claims, or 1, 2, 3 and so on in the order in which the ladders"
        + " were run (runs made for facts tables are not counted). Default: 1, or for pkt the first one with a difference.",
      valueName: "number|claim"))
  var ladder: DrawnRun?

  @OptionGroup var party: PartyOption

  func validate() throws {
    try party.refuse(unless: format == .pkt, "--format pkt")
    if quiz, format != .html, format != .slides {
      throw ValidationError("--quiz needs --format html or slides")
    }
    if ladder != nil, format != .svg, format != .pkt {
      throw ValidationError("--ladder needs --format svg or pkt")
    }
  }

  /// Fails before anything is run where no run would have a drawing.
  func checkDrawing(of runnables: [Runnable]) throws {
    if format == .pkt { return try checkScript(of: runnables) }
    guard format == .svg, ladder == nil, !all, !runnables.isEmpty else { return }
    // The bench makes no difference.
    let isDrawn = runnables.contains { Scenarios.catalogue.isDrawn($0.variant(on: .wire, .ipv4).subject) }
    if isDrawn { return }
    throw Failure(
      "--format svg: this page has no ladder, and its scenarios are not drawn. Use --format html or "
        + "markdown, or draw the first scenario with --all",
      status: ExitCode(64))
  }

  /// Writes the report where it is wanted, and under it what a demonstration has to say.
  ///
  /// - Parameter beginsWithClaims, tellsPages, setsBeside, shown: see ``Style``.
  func write(
    _ assessment: Assessment, into outputs: Outputs, closing: Closing = Closing(),
    beginsWithClaims: Bool = false, tellsPages: Bool = false, setsBeside: Bool = false, shown: Set<Int> = []
  ) throws {
    if format == .pkt { return try write(script(of: assessment), into: outputs) }
    var style = style
    style.beginsWithClaims = beginsWithClaims && !all
    style.tellsPages = tellsPages || quiz && format == .html
    style.setsBeside = setsBeside
    style.shownSections = shown
    style.drawn = try ladder?.place(in: assessment)
    try write(
      assessment.rendered(as: format, style: style) + closing.rendered(as: format, style: style),
      into: outputs)
  }

  func write(_ text: String, into outputs: Outputs) throws { try outputs.write(text, to: output) }

  /// The style of a page that is told from top to bottom.
  var lessonStyle: Style {
    var style = style
    style.tellsPages = true
    return style
  }

  var style: Style {
    var style = Style(for: output)
    style.drawsAll = all
    style.showsTimes = times
    style.isQuiz = quiz
    style.showsEvidence = evidence
    return style
  }
}

extension Style {
  /// - Parameter output: the file that the report goes to; nil for standard output.
  init(for output: String?) {
    self = output.map(Outputs.isStandardOutput) ?? true ? .ofStandardOutput : Style()
  }

  /// As wide as the terminal, in colour on one where nobody says no, in plain ASCII where its locale asks for that.
  static var ofStandardOutput: Style {
    let isTerminal = Terminal.isTerminal(1)
    let noColor = !(Terminal.environment("NO_COLOR") ?? "").isEmpty || Terminal.environment("TERM") == "dumb"
    let variables = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = variables.lazy.compactMap { Terminal.environment($0) }.first { !$0.isEmpty } ?? ""
    let isPlain = isTerminal && !locale.isEmpty && !locale.uppercased().contains("UTF")
    return Style(width: Terminal.width(1) ?? 80, color: isTerminal && !noColor, unicode: !isPlain)
  }
}

extension Format: ExpressibleByArgument {}

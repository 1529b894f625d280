import ArgumentParser
import Claims
import Linux
import Reports
import SystemPackage

/// How something is shown.
struct OutputOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The format of the report.",
      discussion:
        "html is one page for a browser, svg one drawing for a slide, ktap and junit are for systems that run tests."
    ))
  var format: Format = .terminal

  @ArgumentParser.Option(
    name: [.short, .long], help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?

  @Flag(help: "Draw every connection that was played, with all figures.")
  var all = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Which ladder --format svg draws: its number in the report, or a claim's id (default: 1).",
      valueName: "number|claim"))
  var ladder: DrawnPlay?

  func validate() throws {
    if ladder != nil, format != .svg { throw ValidationError("--ladder is for --format svg") }
    if let output { try Output.check(output, of: "--output") }
  }

  /// Writes the report where it is wanted, and under it what a demonstration has to say.
  ///
  /// - Parameter beginsWithClaims, tellsPages: see ``Style``.
  func write(
    _ assessment: Assessment, closing: Closing = Closing(), beginsWithClaims: Bool = false,
    tellsPages: Bool = false
  ) throws {
    var style = style
    style.beginsWithClaims = beginsWithClaims && !all
    style.tellsPages = tellsPages
    style.drawn = try ladder?.place(in: assessment)
    try write(assessment.rendered(as: format, style: style) + closing.rendered(as: format, style: style))
  }

  func write(_ text: String) throws { try Output.write(Array(text.utf8), to: output) }

  var style: Style {
    var style = output == nil ? Style.ofStandardOutput : Style()
    style.drawsAll = all
    return style
  }
}

extension Style {
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

/// Where reports and messages go.
enum Output {
  /// Fails before anything is played where a file could not be written afterwards.
  static func check(_ path: String, of option: String) throws {
    do {
      try WholeFile.checkWritable(path)
    } catch {
      throw ValidationError("\(option) \(path) cannot be written: \(error)")
    }
  }

  static func write(_ bytes: [UInt8], to path: String?) throws {
    do throws(Errno) {
      if let path { try WholeFile.write(bytes, to: path) } else { try WholeFile.write(bytes, to: 1) }
    } catch {
      // Nobody reads any more: what head(1) and less(1) do is no failure.
      if path == nil, error == .brokenPipe { return }
      throw Failure("\(path ?? "standard output") cannot be written: \(error)")
    }
  }

  /// A line for the person, beside the report.
  static func note(_ text: String) { try? WholeFile.write(Array("tcpprobe: \(text)\n".utf8), to: 2) }
}

/// Why the program ends without a report: exit status 2, or 64 where what it was given is at fault.
struct Failure: Error, CustomStringConvertible {
  var description: String
  var status: ExitCode
  /// Whether it is the bench that could not run: nothing was given wrongly, and nothing is known.
  var isOfBench: Bool

  init(_ description: String, status: ExitCode = ExitCode(2), isOfBench: Bool = false) {
    self.description = description
    self.status = status
    self.isOfBench = isOfBench
  }

  /// Runs `body`; what it throws is told in one line, with the exit status that it stands for.
  static func reporting<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let failure as Failure {
      Output.note(failure.description)
      throw failure.status
    } catch let status as ExitCode {
      throw status
    } catch {
      // Whatever it is, it is no difference between a document and the kernel, which 1 would say.
      Output.note("\(error)")
      throw ExitCode(2)
    }
  }
}

import ArgumentParser
import Claims
import Documents
import Notations
import Records
import Reports
import Scenarios
import Traces

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rewrites the ladders of a page in another notation, or as JSON; runs nothing.",
    discussion: """
      Writes the ladders and the facts tables of a page, in the order of the page. Each part that looks like TCP but \
      could not be read is listed on standard error, with its line. With --to mermaid, facts tables stay Markdown \
      tables; --to rfc leaves them out and lists them on standard error.

      --to pkt writes one ladder as a packetdrill script for one end (--party): the calls of this end, its segments \
      (>), and those of the other end (<). Steps that a script cannot express become comments in it, and are listed on \
      standard error.

      --to json writes all that was read, cell by cell, for a program; for a record (tcpprobe record), every behaviour. \
      Documentation/json.md describes the keys.

      Exit status: 0 everything was read and written, 2 something could not be read or written, 64 there was nothing to \
      write.

      Examples:
        tcpprobe convert lecture.md                as tables
        tcpprobe convert lecture.md --to mermaid   as Mermaid diagrams in fences
        tcpprobe convert lecture.md --to rfc       as RFC 9293 diagrams
        tcpprobe convert rfc9293.txt --output diagrams.md
        tcpprobe convert capture.pcapng            the connections of a capture
        tcpprobe convert lecture.md --to json | jq '.ladders[].rows[].left.segment'
        tcpprobe convert before.md --to json       a record
        tcpprobe convert lecture.md --to pkt --party server --output server.pkt
      """)

  @Argument(
    help: ArgumentHelp("A page, or a capture file (pcap, pcapng); - reads standard input.", valueName: "page")
  )
  var page: String

  @OptionGroup var capture: CaptureOptions

  @ArgumentParser.Option(
    help: ArgumentHelp("The notation to write.", valueName: "notation"))
  var to = Target.markdown

  @OptionGroup var party: PartyOption

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The ladder for --to pkt, if the page has several: the id of one of its claims, or 1, 2, 3 and so on.",
      valueName: "number|claim"))
  var ladder: DrawnRun?

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  enum Target: String, CaseIterable, ExpressibleByArgument {
    case markdown
    /// Sequence diagrams, each in a fence.
    case mermaid
    /// Diagrams as in section 3.5 of RFC 9293.
    case rfc
    /// A packetdrill script for one end of one ladder.
    case pkt
    /// All that was read, for a program.
    case json

    /// The text of a ladder; nil where it cannot be told of every ladder of a page.
    func text(of ladder: Ladder) -> String? {
      switch self {
      case .markdown: ladder.markdown
      case .mermaid: ladder.mermaidFence
      case .rfc: ladder.standardFigure
      case .pkt, .json: nil
      }
    }
  }

  func validate() throws {
    try party.refuse(unless: to == .pkt, "--to pkt")
    if ladder != nil, to != .pkt { throw ValidationError("--ladder needs --to pkt") }
  }

  func run() throws {
    try Failure.reporting {
      let outputs = try Outputs([(Outputs.report, output)], inputs: [page])
      let (source, isCapture, isWhole) = try source()
      // The steps that a ladder of a capture leaves out are listed beside it.
      let isCopied = isCapture && to == .markdown
      if isCopied { try outputs.write(source.text.visible, to: output) }
      let isWritten =
        try isCopied
        || (to == .pkt ? writeScript(of: source, into: outputs) : writeLadders(of: source, into: outputs))
      guard isWritten, isWhole else { throw ExitCode(2) }
    }
  }

  /// Writes the ladders and facts of a page, and tells what it has besides.
  ///
  /// - Returns: true where all was read and written.
  private func writeLadders(of source: Run.Source, into outputs: Outputs) throws -> Bool {
    if to == .json, Record.isOne(source.text) {
      try outputs.write(try Input.record(page, source).jsonReport(file: page), to: output)
      return true
    }
    let read: Page
    do { read = try Page(of: source, by: Scenarios.catalogue) } catch {
      throw Failure("\(error)", status: ExitCode(64))
    }
    if to == .rfc, read.ladders.isEmpty {
      throw Failure(
        "\(page) has only facts tables, and an RFC-style diagram cannot show one: use --to markdown",
        status: ExitCode(64))
    }
    let parts = read.blocks.compactMap { block -> String? in
      switch block {
      case .prose: nil
      case .ladder(let ladder): to.text(of: ladder)
      case .facts(let facts): to == .rfc ? nil : facts.markdown
      }
    }
    if to == .rfc {
      for facts in read.facts {
        Output.note("\(page):\(facts.line): not written: an RFC-style diagram cannot show a facts table")
      }
    }
    try outputs.write(to == .json ? read.jsonReport() : parts.joined(separator: "\n").visible, to: output)
    for unread in read.unread {
      Output.note("\(source.name):\(unread.line): not read: \(unread.description)")
    }
    read.noteLimited()
    return read.unread.isEmpty && !(to == .rfc && !read.facts.isEmpty)
  }

  /// The most connections of a capture that are written.
  private static let mostConnections = 100

  /// The page; of a capture all connections, or the one that is asked for. `isWhole` tells whether nothing is missing.
  private func source() throws -> (source: Run.Source, isCapture: Bool, isWhole: Bool) {
    let document = try Input.document(page, connection: capture.connection)
    guard case .capture(let input) = document else {
      return (try Input.page(page, document, connection: capture.connection), false, true)
    }
    guard capture.connection == nil else {
      return (try Input.page(page, document, connection: capture.connection), true, document.fault == nil)
    }
    try input.refuseEmpty()
    input.noteFault()
    let all = input.capture.connections
    if all.count > Self.mostConnections {
      Output.note("\(input.name): the first \(Self.mostConnections) of \(all.count) connections are written")
    }
    let (source, isWhole) = try input.page(of: Array(all.prefix(Self.mostConnections)))
    return (source, true, isWhole && all.count <= Self.mostConnections)
  }
}

extension Page {
  /// Tells of the statements that are not checked, because words beside them limit them.
  ///
  /// - Parameter most: the most that are named; the others are counted.
  func noteLimited(atMost most: Int = .max) {
    for statement in limited.prefix(most) {
      Output.note("\(name):\(statement.line): not checked: \(statement.description)")
    }
    if limited.count > most {
      Output.note(
        "\(name): \(limited.count - most) more statements are not checked: tcpprobe convert \(name) lists them"
      )
    }
  }
}

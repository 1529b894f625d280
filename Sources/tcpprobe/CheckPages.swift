import ArgumentParser
import Claims
import Documents
import Linux
import Notations
import Records
import Reports
import Scenarios
import Traces

extension Check {
  /// Checks several pages in one run. A page that cannot be read takes nothing from the others.
  func checkPages() throws {
    // Pages are read where they are checked, each once: a script among several files is told by its name.
    if files.allSatisfy(Self.isScript) { return try check(scripts: try files.map { try Input.page($0) }) }
    if let script = files.first(where: Self.isScript) {
      throw Failure(
        "\(script) is a packetdrill script: check scripts and pages separately", status: ExitCode(64))
    }
    guard claim.isEmpty else {
      throw Failure("--claim is for one page; \(files.count) were given", status: ExitCode(64))
    }
    try record.refuse(files.first)
    var pages = PageList()
    for file in files { try pages.add(file) }
    let assessment = try run(pages.sources, inputs: files) { assessment, outputs in
      let all = pages.completed(assessment)
      if output.format == .terminal, !output.all {
        let style = Style(for: output.output)
        try output.write(
          all.linePerPage(inOrder: pages.names, ofNoTCP: pages.ofNoTCP, style: style), into: outputs)
      } else {
        // A report has no place for a page without a claim.
        for name in pages.names where pages.ofNoTCP.contains(name) {
          Output.note("\(name): \(Assessment.noTCP)")
        }
        try output.write(all, into: outputs)
      }
    }
    try exit(with: pages.completed(assessment))
  }
}

/// The pages that are to be checked, and those that cannot be.
private struct PageList {
  private(set) var sources: [Run.Source] = []
  /// Every page, in the order in which they were given, each once.
  private(set) var names: [String] = []
  private(set) var ofNoTCP: Set<String> = []
  /// Pages of which nothing can be run, with the reason.
  private var refused: [Page] = []

  /// The files that were given, however their paths are written.
  private var known: Set<FileIdentity> = []

  /// - Throws: ``Failure`` where the file cannot be read, or is a record.
  mutating func add(_ file: String) throws {
    if let identity = FileIdentity(of: file), !known.insert(identity).inserted { return }
    let source = try Input.page(file)
    if Record.isOne(source.text) {
      throw Failure(
        "\(file) is a record: check it separately, with tcpprobe check \(file)", status: ExitCode(64))
    }
    names.append(file)
    do {
      let page = try Page(of: source, by: Scenarios.catalogue)
      for ladder in page.ladders where ladder.firstUnread(hidingAStep: false) == nil {
        _ = try Plan(ladder, page: file)
      }
      sources.append(source)
    } catch {
      switch error.unread {
      case []?: ofNoTCP.insert(file)
      case let unread?: refused.append(Page(name: file, unread: unread))
      case nil:
        let fault = Page.Unread(line: error.line ?? 1, text: error.message, kind: .other(nil))
        refused.append(Page(name: file, unread: [fault]))
      }
    }
  }

  /// With the pages that were not run.
  func completed(_ assessment: Assessment) -> Assessment {
    var all = assessment
    all.pages += refused
    return all
  }
}

import ArgumentParser
import Claims
import Documents
import Linux
import Notations
import Records
import Reports
import Scenarios
import TCP
import Traces

extension Check {
  /// Checks several pages in one run. A page that cannot be read takes nothing from the others.
  func checkPages() throws {
    // Pages are read where they are checked, each once: a script among several files is told by its name.
    if files.allSatisfy(Self.isScript) { return try check(scripts: try files.map { try Input.page($0) }) }
    try refuseMixture()
    guard claim.isEmpty else {
      throw Failure("--claim is for one page; \(files.count) were given", status: ExitCode(64))
    }
    try record.refuse(files.first)
    var pages = PageList()
    for file in files { try pages.add(file) }
    let assessment = try run(
      pages.sources, inputs: files, faults: pages.faults, family: pages.family
    ) { assessment, outputs in
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

extension Check {
  /// Fails where scripts stand among pages.
  func refuseMixture() throws {
    guard !files.allSatisfy(Self.isScript), files.count > 1, let script = files.first(where: Self.isScript)
    else { return }
    throw Failure(
      "\(script) is a packetdrill script: check scripts and pages separately", status: ExitCode(64))
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
  /// The faults of captures, by their pages.
  private(set) var faults: [String: CaptureFault] = [:]

  private var families: Set<Family?> = []

  /// The family of all connections, if every page is a capture of the same one.
  var family: Family? { families.count == 1 ? families.first ?? nil : nil }

  /// The files that were given, however their paths are written.
  private var known: Set<FileIdentity> = []

  /// - Throws: ``Failure`` where the file cannot be read, or is a record.
  mutating func add(_ file: String) throws {
    if let identity = FileIdentity(of: Input.place(of: file)), !known.insert(identity).inserted { return }
    let document = try Input.document(file)
    if case .capture(let input) = document, let refusal = input.refusal {
      return refuse(input.name, [refusal], input.capture.connections.isEmpty ? nil : document.fault)
    }
    let source = try Input.page(file, document, connection: nil)
    if Record.isOne(source.text) {
      throw Failure(
        "\(file) is a record: check it separately, with tcpprobe check \(file)", status: ExitCode(64))
    }
    do {
      let page = try Page(of: source, by: Scenarios.catalogue)
      for ladder in page.ladders where ladder.firstUnread(hidingAStep: false) == nil {
        _ = try Plan(ladder, page: source.name)
      }
      names.append(source.name)
      faults[source.name] = document.fault
      families.insert(document.family)
      sources.append(source)
    } catch {
      switch error.unread {
      case []?:
        names.append(source.name)
        ofNoTCP.insert(source.name)
      case let unread?: refuse(source.name, unread, document.fault)
      case nil:
        let unread = Page.Unread(line: error.line ?? 1, text: error.message, kind: .other(nil))
        refuse(source.name, [unread], document.fault)
      }
    }
  }

  private mutating func refuse(_ name: String, _ unread: [Page.Unread], _ fault: CaptureFault?) {
    names.append(name)
    refused.append(Page(name: name, unread: (fault.map { [Page.Unread($0)] } ?? []) + unread))
  }

  /// With the pages that were not run.
  func completed(_ assessment: Assessment) -> Assessment {
    var all = assessment
    all.pages += refused
    return all
  }
}

import ArgumentParser
import Claims
import Documents
import Notations
import Records
import Reports
import Traces

extension Check {
  /// Checks several pages in one run. A page that cannot be read takes nothing from the others.
  func checkPages() throws {
    guard claim.isEmpty else {
      throw Failure("--claim is for one page; \(files.count) were given", status: ExitCode(64))
    }
    try record.refuse(files.first)
    var pages = PageList()
    for file in files { pages.add(file) }
    var session = Session(
      options: runOptions, output: output, command: (["tcpprobe check"] + arguments).joined(separator: " "))
    session.omission = quick ? .quick : nil
    session.isEveryTimer = record.allTimers
    session.inputs = files
    let assessment = try session.run(pages.sources, isWanted: nil) {
      (assessment: Assessment, outputs: Outputs) in
      let all = pages.completed(assessment)
      if output.format == .terminal, !output.all {
        let style = Style(for: output.output)
        try output.write(
          all.linePerPage(inOrder: pages.names, ofNoTCP: pages.ofNoTCP, style: style), into: outputs)
      } else {
        try output.write(all, into: outputs)
      }
    }
    let all = pages.completed(assessment)
    let status = kselftest ? KselftestStatus(all).code : all.checkStatus
    if status != .success { throw status }
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

  mutating func add(_ file: String) {
    guard !names.contains(file) else { return }
    names.append(file)
    do {
      let source = try Input.page(file)
      if Record.isOne(source.text) {
        return refuse(file, 1, "a record: check it by itself, with tcpprobe check \(file)")
      }
      let page = try Page(reading: source.text, name: file)
      for ladder in page.ladders where ladder.firstUnread(hidingAStep: false) == nil {
        _ = try Plan(ladder, page: file)
      }
      sources.append(source)
    } catch let error as PageError {
      switch error.unread {
      case []?: ofNoTCP.insert(file)
      case let unread?: refused.append(Page(name: file, unread: unread))
      case nil: refuse(file, error.line ?? 1, error.message)
      }
    } catch {
      refuse(file, 1, "\(error)")
    }
  }

  private mutating func refuse(_ file: String, _ line: Int, _ message: String) {
    refused.append(Page(name: file, unread: [Page.Unread(line: line, text: message, kind: .other(nil))]))
  }

  /// With the pages that were not run.
  func completed(_ assessment: Assessment) -> Assessment {
    var all = assessment
    all.pages += refused
    return all
  }
}

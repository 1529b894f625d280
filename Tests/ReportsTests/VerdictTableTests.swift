import Claims
import Foundation
import Kinds
import Reports
import Testing

/// The verdicts of kernels on files, made by hand.
@Suite(.tags(.pure)) struct VerdictTableTests {
  /// A verdict by a letter: confirmed, undecided, or contradicted in line 1, 2 and so on; none.
  private func verdict(_ letter: Character) -> FileVerdict? {
    switch letter {
    case "c": FileVerdict(.confirmed)
    case "u": FileVerdict(.undecided, detail: "no sysctl")
    case "-": nil
    default: FileVerdict(.contradicted, line: letter.wholeNumberValue, detail: "expected this, kernel that")
    }
  }

  private func kernel(_ version: String, _ release: String? = nil) -> VerdictTable.Kernel {
    VerdictTable.Kernel(
      version: version, release: release ?? "\(version)-x", origin: "boot/\(version)", guestSeconds: 2,
      seconds: 3)
  }

  /// - Parameter files: each file with a letter for each kernel.
  private func table(_ versions: [String], _ files: [(name: String, letters: String)]) -> VerdictTable {
    let results = versions.enumerated().map { place, version in
      var verdicts = FileVerdicts()
      for (name, letters) in files {
        if let verdict = verdict(Array(letters)[place]) { verdicts.add(verdict, on: .init(name)) }
      }
      return (kernel(version), verdicts)
    }
    return VerdictTable(results, files: files.map(\.name))
  }

  @Test func whatDiffersComesFirstAndKernelsAreInOrder() {
    let table = table(["6.12.1", "5.10.2", "6.1.3"], [("a", "ccc"), ("b", "1cc"), ("c", "uuu")])
    #expect(table.titles == ["5.10.2", "6.1.3", "6.12.1"])
    #expect(table.rows.map(\.name) == ["b", "a", "c"])
    #expect(table.differing.map(\.name) == ["b"] && table.hasDifferences)
    #expect(table.rows[0].from == 2)
  }

  @Test(
    arguments: [
      ("ccc", nil, true), ("cc1", 2, false), ("c11", 1, false), ("c1c", nil, false), ("112", 2, false),
      // A kernel without a verdict parts nobody.
      ("c-c", nil, true), ("c-1", 2, false), ("-c1", 2, false), ("cu1", nil, false),
    ] as [(String, Int?, Bool)])
  func theFirstThatDiffersIsKnownIfTheVerdictChangesOnce(letters: String, from: Int?, isSame: Bool) {
    let row = table(["5.10.2", "6.1.3", "6.12.1"], [("a", letters)]).rows[0]
    #expect(row.from == from && row.isSame == isSame)
  }

  @Test func theTerminalShowsFromWhichKernelOn() {
    let table = table(
      ["5.10.2", "6.1.3", "6.12.1"], [("a", "ccc"), ("b.pkt", "c11")])
    let text = table.terminalReport(style: Style())
    #expect(
      text.contains("\nb.pkt\n  up to 5.10.2   ✓ confirmed\n  from 6.1.3 on  ✗ contradicted, line 1\n"),
      "\(text)")
    #expect(text.contains("expected this, kernel that"))
    #expect(
      text.hasSuffix("\n3 kernels, 2 files: 1 differs, 1 the same on all (1 confirmed)\n"), "\(text)")
    #expect(!text.contains("\na\n"))
    var style = Style()
    style.drawsAll = true
    #expect(table.terminalReport(style: style).contains("\na\n  all kernels  ✓ confirmed\n"))
  }

  @Test func aPageHasARowForEachKernelsColumn() {
    let text = table(["5.10.2", "6.1.3"], [("a", "cc"), ("b.pkt", "c2"), ("d", "u1")]).markdownReport(
      all: false)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }.map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces).replacing("\\", with: "") }
    }
    #expect(rows.count == 4)
    #expect(rows[0] == ["file", "5.10.2", "6.1.3", "changes"])
    #expect(rows[2] == ["`b.pkt`", "confirmed", "contradicted, line 2", "from 6.1.3 on"])
    #expect(text.contains("3 files: 2 differ, 1 the same on all (1 confirmed)."))
  }

  @Test func kernelsOfOneVersionAreToldApart() {
    func titles(_ kernels: VerdictTable.Kernel...) -> [String] {
      VerdictTable(kernels.map { ($0, FileVerdicts()) }, files: []).titles
    }
    #expect(titles(kernel("6.1.3", "a"), kernel("6.1.3", "b"), kernel("5.10.2")) == ["5.10.2", "a", "b"])
    #expect(titles(kernel("6.1.3"), kernel("6.1.3"))[0] == "6.1.3 (boot/6.1.3)")
  }

  @Test func aBrowserGetsTheCellThatDiffers() {
    let text = table(["5.10.2", "6.1.3"], [("<b>.pkt", "c2")]).htmlReport(all: false)
    #expect(text.contains("&lt;b&gt;.pkt") && !text.contains("<b>.pkt"))
    #expect(text.contains("<td class=\"other\">contradicted, line 2"), "\(text)")
  }
}

/// The verdicts in a report of `check --format json`.
@Suite(.tags(.pure)) struct FileVerdictsTests {
  private func read(_ json: String) throws -> FileVerdicts { try FileVerdicts(reading: Array(json.utf8)) }

  private func script(_ name: String, _ verdict: String, _ rest: String = "") -> String {
    #"{"script": "\#(name)", "verdict": "\#(verdict)", "line": 4, "runs": 2, "unread": [], "events": []\#(rest)}"#
  }

  @Test func scriptsHaveTheLineOfTheirFirstDifference() throws {
    let difference =
      #", "difference": {"line": 17, "kind": "segment", "expected": "> . 1:1(0) ack 1", "seen": "nothing", "parts": []}"#
    let verdicts = try read(
      #"{"kind": "scripts", "schema": 1, "scripts": [\#(script("a/x.pkt", "contradicted", difference)), "#
        + #"\#(script("b/x.pkt", "confirmed")), \#(script("c.pkt", "undecided", #", "reason": "no sysctl""#))]}"#
    )
    #expect(verdicts.subjects == [.init("a/x.pkt"), .init("b/x.pkt"), .init("c.pkt")])
    #expect(
      verdicts[.init("a/x.pkt")]
        == FileVerdict(.contradicted, line: 17, detail: "expected > . 1:1(0) ack 1, kernel nothing"))
    #expect(verdicts[.init("b/x.pkt")] == FileVerdict(.confirmed))
    #expect(verdicts[.init("c.pkt")] == FileVerdict(.undecided, detail: "no sysctl"))
  }

  private func claim(_ id: String, _ line: Int, _ verdict: String) -> String {
    #"{"id": "\#(id)", "page": "p.md", "line": \#(line), "verdict": "\#(verdict)", "simplified": false, "#
      + #""expected": "FIN", "seen": "RST", "added": [], "composition": [], "evidence": [], "parts": []}"#
  }

  @Test func pagesHaveTheVerdictThatIsWorthALookFirstAndOneForEachClaim() throws {
    let verdicts = try read(
      #"{"kind": "run", "schema": 1, "traces": 5, "unread": [{"page": "q.md", "line": 3, "text": "SYN+AKC"}], "#
        + #""verdicts": [\#(claim("1", 5, "confirmed")), \#(claim("2", 7, "contradicted"))]}"#)
    #expect(
      verdicts[.init("p.md")] == FileVerdict(.contradicted, line: 7, detail: "expected FIN, kernel RST"))
    #expect(verdicts[.init("p.md", claim: "1")] == FileVerdict(.confirmed))
    #expect(verdicts[.init("p.md", claim: "2")]?.mark == .contradicted)
    #expect(verdicts[.init("q.md")]?.mark == .undecided)
  }

  @Test(arguments: [
    "", "{", "[]", #"{"kind": "comparison"}"#, #"{"kind": "nothing"}"#,
    #"{"kind": "scripts", "scripts": [{"script": "a"}]}"#,
    #"{"kind": "scripts", "scripts": [{"script": "a", "verdict": "fine", "line": 1, "runs": 1, "unread": [], "events": []}]}"#,
  ])
  func whatIsNoReportHasNoVerdicts(json: String) {
    #expect(throws: (any Error).self) { try read(json) }
  }

  /// A claim that changes while its page's verdict does not is a difference of the page.
  @Test func aClaimThatDiffersIsShownUnderItsPage() throws {
    func result(_ version: String, _ verdict: String) throws -> (VerdictTable.Kernel, FileVerdicts) {
      let kernel = VerdictTable.Kernel(
        version: version, release: version, origin: "", guestSeconds: 1, seconds: 1)
      let text = [claim("1", 5, "contradicted"), claim("2", 7, verdict), claim("3", 8, "confirmed")]
      return (kernel, try read(#"{"kind": "run", "verdicts": [\#(text.joined(separator: ", "))]}"#))
    }
    let table = VerdictTable(
      [try result("6.1.3", "confirmed"), try result("6.12.1", "undecided")], files: ["p.md", "q.md"])
    #expect(table.hasDifferences && table.rows.map(\.name) == ["p.md"] && table.without == ["q.md"])
    #expect(table.rows[0].claims.map(\.name) == ["2"] && table.rows[0].claims[0].from == 1)
    let text = table.terminalReport(style: Style())
    #expect(
      text.contains("  claim 2\n    up to 6.1.3     ✓ confirmed\n    from 6.12.1 on  ? undecided\n"),
      "\(text)")
    #expect(text.contains("1 file without a TCP exchange:\nq.md"))
  }
}

/// The search for the first kernel with another verdict.
@Suite(.tags(.pure)) struct VerdictSearchTests {
  /// Runs what the search asks for; `x` is a kernel that gives no result.
  private func end(of letters: String, isEvery: Bool = false) -> VerdictSearch {
    let letters = Array(letters)
    var search = VerdictSearch(count: letters.count, isEvery: isEvery)
    while case let places = search.next(atMost: 1), let place = places.first {
      var verdicts = FileVerdicts()
      verdicts.add(FileVerdict(.confirmed), on: .init("same.pkt"))
      if letters[place] != "-" {
        let verdict =
          letters[place] == "c"
          ? FileVerdict(.confirmed) : FileVerdict(.contradicted, line: letters[place].wholeNumberValue)
        verdicts.add(verdict, on: .init("a.pkt"))
      }
      search.take(letters[place] == "x" ? nil : verdicts, at: place)
    }
    return search
  }

  @Test(arguments: [
    ("cccc1111", 4), ("c1111111", 1), ("ccccccc1", 7), ("11112222", 4), ("xxcc11xx", 4),
  ])
  func theFirstKernelThatDiffersIsFound(letters: String, first: Int) {
    let search = end(of: letters)
    #expect(search.findings.map(\.subject) == [.init("a.pkt")])
    #expect(search.findings.first?.search.changes.map(\.first) == [first])
    #expect(search.findings.first?.search.isDone == true)
  }

  @Test func notEveryKernelIsRun() {
    #expect(end(of: "cccccccc11111111").kernels.ran < 8)
    #expect(end(of: "cccccccc").kernels.ran == 2)
  }

  @Test func whatGaveNoResultIsNamed() {
    let search = end(of: "ccx1")
    #expect(search.findings.first?.search.changes.first?.skipped == [2])
    let versions = ["5.10.1", "6.1.1", "6.6.1", "6.12.1"]
    let text = search.text(titles: versions, versions: versions, style: Style())
    #expect(
      text.hasPrefix("\na.pkt\n  5.10.1 to 6.1.1  confirmed\n  6.12.1           contradicted, line 1\n"),
      "\(text)")
    #expect(text.contains("last    6.1.1") && text.contains("first   6.12.1"))
    #expect(text.hasSuffix("\n4 of 4 kernels run; no result from 6.6.1\n"))
  }

  /// A fix that went into an older series alone.
  @Test func onlyRunningAllFindsAChangeThereAndBack() {
    #expect(end(of: "cc11cc").findings.isEmpty)
    let search = end(of: "cc11cc", isEvery: true)
    #expect(search.findings.first?.search.changes.map(\.first) == [2, 4] && search.kernels.ran == 6)
    let versions = (1...6).map { "6.1.\($0)" }
    #expect(
      end(of: "cc11cc").text(titles: versions, versions: versions, style: Style())
        .contains("6.1.1 and 6.1.6 give the same verdicts. --exhaustive"))
  }
}

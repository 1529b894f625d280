package import Claims
package import Documents
import Notations

/// A form that a report can take.
package enum Format: String, CaseIterable, Sendable {
  /// For a person who sits in front of it.
  case terminal
  /// A document that can be run again, on this kernel or on another.
  case markdown
  /// The same with a Mermaid diagram in the place of each table of steps.
  case mermaid
  /// The run with its verdicts: what can be judged again without a kernel.
  case json
  /// A page of one file for a browser: the drawings, the claims, and what each observer saw.
  case html
  /// A page of one file for a browser that shows a step a screen.
  case slides
  /// One drawing alone, for a slide.
  case svg
  /// One end of one run, as a packetdrill script.
  case pkt
  /// Each claim as a test, as the kernel's own tests write theirs.
  case ktap
  /// Each claim as a test, for CI systems.
  case junit
}

/// The appearance of a report where its format leaves a choice.
package struct Style: Equatable, Sendable {
  /// The narrowest report that can be drawn.
  package static let narrowest = 60

  /// Columns of the terminal, at least ``narrowest``.
  package private(set) var width: Int
  /// True if escape codes may be written.
  package var color: Bool
  /// True if more than ASCII may be drawn; the document's own words are shown as they are.
  package var unicode: Bool
  /// True if every run is drawn, with all its figures; else those that a reader asked for or should see.
  package var drawsAll: Bool
  /// True if the claims stand before the runs, and only what differs is shown in full: for whole documents.
  package var beginsWithClaims: Bool
  /// True if the pages are shown from top to bottom, with the observed values in place of their own.
  package var tellsPages: Bool
  /// True if the two ladders of a page stand side by side where there is room, and the first difference is marked.
  package var setsBeside = false
  /// The places of sections of a page that were shown already; they are left out, and what stands before them.
  package var shownSections: Set<Int> = []
  /// True if the observers, their statistics and their findings are shown, and the notes on how a page was run.
  package var showsEvidence = false
  /// True if each step has its time; else the steps are numbered, and only the waits for a timer have their lengths.
  package var showsTimes = false
  /// True if the state of each end is asked for before it is shown.
  package var isQuiz = false
  /// The place in its run of the run that is drawn where there is room for one; nil for the first ladder.
  package var drawn: Int?
  /// The end that a packetdrill script is written for.
  package var party = Party.left

  package init(
    width: Int = 80, color: Bool = false, unicode: Bool = true, drawsAll: Bool = false,
    beginsWithClaims: Bool = false, tellsPages: Bool = false
  ) {
    self.width = max(width, Style.narrowest)
    self.color = color
    self.unicode = unicode
    self.drawsAll = drawsAll
    self.beginsWithClaims = beginsWithClaims
    self.tellsPages = tellsPages
  }
}

extension Style {
  /// The same for a part of the width.
  func narrowed(to width: Int) -> Style {
    var style = self
    style.width = max(width, Style.narrowest)
    return style
  }
}

extension Assessment {
  /// The report in this format. It ends with a line feed.
  package func rendered(as format: Format, style: Style = Style()) -> String {
    switch format {
    case .terminal: terminalReport(style: style)
    case .markdown: markdownReport().visible
    case .mermaid: markdownReport { $0.mermaidFence }.visible
    case .json: jsonReport()
    case .html: htmlReport(style: style)
    case .slides: slides(style: style)
    case .svg: svgReport(ofTrace: style.drawn, times: style.showsTimes)
    case .pkt: scriptReport(ofTrace: style.drawn, of: style.party).visible
    case .ktap: testReport.ktap()
    case .junit: testReport.junit()
    }
  }
}

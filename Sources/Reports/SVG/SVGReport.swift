package import Claims
import Documents
import TCP
import Traces

extension Assessment {
  /// One run as a drawing that stands alone: the one at this place of the run, else the first that is a ladder, else
  /// the first that has steps.
  package func svgReport(ofTrace wanted: Int? = nil, times: Bool = false) -> String {
    let drawn = wanted.flatMap { run.traces.indices.contains($0) ? $0 : nil } ?? firstDrawn
    guard run.traces.indices.contains(drawn) else {
      return svgSheet(title: "Nothing was run", under: [], remarks: unreadRemarks)
    }
    let trace = run.traces[drawn]
    let judgement = ladders.first { $0.trace == drawn }
    let title = RunTitle(trace.variant, judgement: judgement, pages: pages)
    let machine = "Linux \(run.machine.release), \(run.machine.architecture)"
    let picture = Picture(of: trace, judged: judgement, most: Picture.mostRows, times: times)
    let remark =
      trace.reasonNotJudged.map { "not judged: \($0)" }
      ?? (picture.rows.isEmpty ? "there is no step to draw: nothing was called or sent" : nil)
    return svgSheet(
      title: title.heading, under: [machine] + title.shownDetails,
      remarks: (remark.map { [$0] } ?? []) + unreadRemarks,
      picture: picture.rows.isEmpty ? nil : picture)
  }

  private var firstDrawn: Int {
    let places = run.traces.indices
    return ladders.first?.trace ?? places.first { !Picture(of: run.traces[$0], most: 1).rows.isEmpty } ?? 0
  }

  /// The parts of the pages that were not read, a line each.
  var unreadRemarks: [String] {
    pages.flatMap { page in page.unread.map { "could not read: \(page.name):\($0.line): \($0.description)" } }
  }
}

extension Trace {
  /// The reason why nothing of this run was judged; nil where it was.
  package var reasonNotJudged: String? {
    switch end {
    case .finished: nil
    case .stalled: "stalls of the machine disturbed every attempt"
    case .cannotRun(let reason): reason.description
    case .leftOut(let omission): Reason.leftOut(by: omission).description
    }
  }
}

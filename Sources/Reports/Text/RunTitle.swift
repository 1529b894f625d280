import Claims
import Documents
import Traces

/// The title of a run in a report.
struct RunTitle {
  let heading: String
  /// The place in the page, the bench, and the conditions.
  let details: [String]
  /// The bench and the conditions; of a scenario, its name and what is different about this run first.
  let circumstances: [String]
  /// The sentence of a page that says what this run of a scenario shows; nil where none does.
  let sentence: String?
  /// The details for a person: a page that comes with tcpprobe is called one.
  let shownDetails: [String]

  init(_ variant: Variant, judgement: LadderJudgement?, pages: [Page], sentence: String? = nil) {
    self.sentence = sentence
    var place: [String] = []
    var shownPlace: [String] = []
    switch variant.subject {
    case .ladder(let name, let table):
      let page = pages.first { $0.name == name }
      let ladder = judgement?.ladder ?? page?.ladders.first { $0.table == table }
      heading = ladder?.heading ?? page?.title ?? "Part \(table)"
      place = [ladder.map { "\(name):\($0.line), part \(table)" } ?? "\(name), part \(table)"]
      shownPlace = place
      if BuiltInPages.page(name) != nil {
        let line = ladder.map { ", line \($0.line)" } ?? ""
        shownPlace = ["built-in page \(name)\(line), part \(table)"]
      }
    case .scenario(let id):
      heading = "Scenario \"\(id.rawValue)\""
    }
    let conditions = variant.conditions.map(\.description)
    var caption: [String] = []
    if case .scenario = variant.subject {
      let difference = conditions.isEmpty ? "by default" : conditions.joined(separator: ", ")
      caption = ["\(heading), \(difference)"]
    }
    let bench = [variant.benchName, variant.family.name]
    let rest = bench + conditions
    circumstances = caption + (caption.isEmpty ? rest : bench)
    details = place + rest
    shownDetails = shownPlace + rest
  }
}

extension Assessment {
  /// The title of the run at this place.
  func title(ofTrace index: Int) -> RunTitle {
    RunTitle(
      run.traces[index].variant, judgement: ladders.first { $0.trace == index }, pages: pages,
      sentence: sentence(ofTrace: index))
  }

  /// The first claim of a facts table that was measured in this run, in words; nil of a run from a ladder.
  private func sentence(ofTrace index: Int) -> String? {
    guard case .scenario = run.traces[index].variant.subject else { return nil }
    let part = facts.first { $0.verdict.evidence.contains { $0.trace == index } }
    let claim = claims.first { part?.claims.contains($0.id) == true && $0.page == part?.place.page }
    return claim?.restatement?.withoutPlace.asSentence
  }
}

extension Variant {
  /// The bench and the family, in words.
  var place: String { "\(benchName), \(family.name)" }

  fileprivate var benchName: String {
    switch bench {
    case .wire: "two namespaces"
    case .loopback: "loopback"
    }
  }
}

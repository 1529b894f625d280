import Benches
import Claims
import Documents
import Linux
import Notations
import Running
import Scenarios
import TCP
import Traces

/// The check of a page that was saved: run once on this kernel, with the timers that it has by default.
enum LiveCheck {
  /// It ended, and did not confirm these steps.
  case done([Doubt])
  /// It was not possible, for this reason.
  case failed(String)

  /// A step that is not confirmed.
  struct Doubt: Equatable {
    var id: String
    /// The index of the row.
    var rung: Int
    /// Tells that the kernel did something else, or that the row cannot be run.
    var isContradiction: Bool
    /// A part of a sentence.
    var reason: String

    var sentence: String { "\(id) is \(reason)" }
  }

  init(of text: String, named path: String, _ family: Family) {
    let source = Run.Source(name: path, text: text)
    do {
      let page = try Page(of: source, by: Scenarios.catalogue)
      do {
        let traces = try Driver().run(
          RunList.runnables(of: [page], in: Scenarios.catalogue), on: try Wire(family: family))
        let run = Run(
          version: TCPProbe.version, command: "tcpprobe live", machine: .here(), documents: [source],
          traces: traces)
        self = .done(try Assessment(of: run, by: Scenarios.catalogue).claims.compactMap(Doubt.init(about:)))
      } catch let error as PageError {
        guard let rung = page.ladders.first?.rungs.firstIndex(where: { $0.line == error.line }) else {
          throw error
        }
        self = .done([Doubt(id: "row \(rung + 1)", rung: rung, isContradiction: true, reason: error.message)])
      }
    } catch is Interrupted {
      self = .failed("the program was interrupted")
    } catch {
      self = .failed("\(error)")
    }
  }

  /// The first step that the kernel did in another way; nil where there is none.
  var contradiction: Doubt? {
    guard case .done(let doubts) = self else { return nil }
    return doubts.filter(\.isContradiction).min { $0.rung < $1.rung }
  }

  var unconfirmed: [String] {
    switch self {
    case .done(let doubts): doubts.map(\.sentence)
    case .failed(let reason): ["the page was not checked: \(reason)"]
    }
  }

  var sentence: String {
    switch self {
    case .done([]): "It was checked: every step is confirmed."
    case .done(let doubts):
      "It was checked: \(doubts.count == 1 ? "1 step is" : "\(doubts.count) steps are") not confirmed."
    case .failed: "It could not be checked."
    }
  }
}

extension LiveCheck.Doubt {
  /// Nil where the step is confirmed.
  fileprivate init?(about claim: ClaimResult) {
    let verdict = claim.verdict
    guard verdict.kind != .confirmed else { return nil }
    let seen = verdict.seen.isEmpty ? "" : ", seen \(verdict.seen)"
    let why = verdict.reason.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    self.init(
      id: claim.id, rung: claim.parts.compactMap(\.subject.rung).min() ?? 0,
      isContradiction: verdict.kind == .contradicted || verdict.kind == .conditional,
      reason: "\(verdict.kind.rawValue): expected \(verdict.expected)\(seen)\(why)")
  }
}

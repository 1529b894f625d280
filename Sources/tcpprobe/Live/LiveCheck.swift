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
  case done([String])
  /// It was not possible, for this reason.
  case failed(String)

  init(of text: String, named path: String, _ family: Family) {
    do {
      let source = Run.Source(name: path, text: text)
      let page = try Page(of: source, by: Scenarios.catalogue)
      let traces = try Driver().run(
        RunList.runnables(of: [page], in: Scenarios.catalogue), on: try Wire(family: family))
      let run = Run(
        version: TCPProbe.version, command: "tcpprobe live", machine: .here(), documents: [source],
        traces: traces)
      self = .done(try Assessment(of: run, by: Scenarios.catalogue).claims.compactMap(LiveCheck.doubt))
    } catch is Interrupted {
      self = .failed("the program was interrupted")
    } catch {
      self = .failed("\(error)")
    }
  }

  /// A sentence without its full stop; nil where the step is confirmed.
  private static func doubt(about claim: ClaimResult) -> String? {
    let verdict = claim.verdict
    guard verdict.kind != .confirmed else { return nil }
    let seen = verdict.seen.isEmpty ? "" : ", seen \(verdict.seen)"
    let reason = verdict.reason.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    return "\(claim.id) is \(verdict.kind.rawValue): expected \(verdict.expected)\(seen)\(reason)"
  }

  var unconfirmed: [String] {
    switch self {
    case .done(let doubts): doubts
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

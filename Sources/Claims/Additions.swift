import Documents
import TCP
import Traces

/// Something that tcpprobe did so that a ladder could be run, and that the page does not name: a call, or a connection
/// to begin with.
private struct Addition: Equatable {
  /// The index of the rung at which it was done; 0 for what was done before the first.
  var rung: Int
  var party: Party?
  var text: String
}

extension LadderJudge {
  /// Notes all additions, and each beside the cell that it was made for: the party's next segment, else the last cell.
  mutating func noteAdditions() {
    let all = additions
    judgement.additions = all.map(\.text)
    for addition in all {
      let next = judgement.parts.indices.first { index in
        guard case .segment(let rung, let party) = judgement.parts[index].subject else { return false }
        return rung >= addition.rung && party == addition.party ?? party
      }
      if let index = next ?? judgement.parts.indices.last {
        judgement.parts[index].verdict.added.append(addition.text)
      }
    }
  }

  private var additions: [Addition] {
    var additions: [Addition] = []
    var named = Both(left: names(of: .left), right: names(of: .right))
    var rung: Int?
    for event in trace.events {
      if case .rung(let index) = event.what { rung = index }
      guard let party = event.party, case .call(let call, _, _) = event.what else { continue }
      if let known = named[party].firstIndex(of: call) {
        named[party].remove(at: known)
        continue
      }
      let explained = call == .abort ? "\(call) (close() with SO_LINGER 0)" : "\(call)"
      let addition = Addition(rung: rung ?? 0, party: party, text: "\(explained) by \(trace.names[party])")
      // A program that reads all that comes makes the same call again and again.
      if call != .receive(nil) || !additions.contains(addition) { additions.append(addition) }
    }
    let isPlaced = trace.placed.left != nil && trace.placed.right != nil
    if isPlaced, plan?.opens == false {
      additions.insert(Addition(rung: 0, text: "an established connection (by TCP_REPAIR)"), at: 0)
    }
    return additions
  }

  /// The calls that the page names of this party.
  func names(of party: Party) -> [Call] { judgement.ladder.rungs.flatMap { $0.cells[party].calls } }
}

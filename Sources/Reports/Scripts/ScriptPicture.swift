import Claims
import Documents
import Traces

extension Picture {
  /// A script as a drawing: the kernel's end with its calls on the left, the peer that the script plays on the right. The
  /// number of each row is the script's line; the last row is that of the first difference, if there is one.
  init(of judgement: ScriptJudgement, context: Int?) {
    var drawn: [Row] = []
    for row in judgement.rows(context: context) {
      var moves = Self.moves(of: row).map { Row($0, at: row.event, time: nil) }
      for place in moves.indices { moves[place].number = row.line }
      if row.isDifferent, let difference = judgement.difference {
        moves[moves.count - 1].remarks = [
          Remark(
            mark: .contradicted, subject: .fact(row: row.event), claims: [], expected: difference.expected,
            seen: difference.seen, reason: nil)
        ]
      }
      drawn += moves
    }
    self.init(
      names: Both(left: "the kernel", right: "the script's peer"), initial: Both(nil), rows: drawn,
      footnotes: [])
  }

  /// The rows of a drawing for one row of a script: one for each segment that the kernel sent there, else one.
  private static func moves(of row: ScriptRow) -> [What] {
    let seen = row.kernel.isEmpty ? row.script : row.kernel
    switch row.move {
    case .inbound:
      let segment = row.script.firstIndex(of: "<").map { row.script[$0...].dropFirst(2) }
      return [.segment(label: clipped(segment.map(String.init) ?? row.script), from: .right, part: .whole)]
    case .outbound where !row.segments.isEmpty:
      return row.segments.map { .segment(label: clipped($0), from: .left, part: .whole) }
    case .call: return [.call(label: clipped(seen), by: .left, outcome: nil, failed: false)]
    case .outbound, .nothing: return [.note(clipped(row.isDifferent ? seen : row.script))]
    }
  }

  /// A drawing has room for so much of a line; the table beside it has the rest.
  private static let room = 72

  private static func clipped(_ text: String) -> String {
    text.count <= room ? text : text.prefix(room - 1) + "…"
  }
}

package import Learning
import TCP

/// Two learned machines side by side.
package struct MachineComparisonReport {
  private let before: LearnedMachine
  private let now: LearnedMachine
  private let comparison: MachineComparison

  /// The most differences that are drawn.
  private static let most = 12

  /// - Parameters:
  ///   - before: the machine of the document.
  ///   - now: this kernel's.
  package init(_ before: LearnedMachine, _ now: LearnedMachine, _ comparison: MachineComparison) {
    self.before = before
    self.now = now
    self.comparison = comparison
  }

  private var summary: String {
    let names = "\(before.release) (\(counted(before.stateCount, "state"))) and \(now.release)"
    let all = "\(names) (\(counted(now.stateCount, "state")))"
    if comparison.isSame { return "Linux \(all): the same machine" }
    let kinds = counted(comparison.differences.count, "kind")
    return "Linux \(all): \(kinds) of difference, on \(counted(comparison.edgeCount, "edge"))"
  }

  /// A line for each difference, and below it the word as a ladder with both outputs.
  ///
  /// - Parameter all: true to draw every difference.
  package func terminalReport(style: Style) -> String {
    var listing = Listing(style: style)
    listing.add(summary, .strong)
    for difference in comparison.differences { listing.add(line(of: difference)) }
    let drawn = style.drawsAll ? comparison.differences : Array(comparison.differences.prefix(Self.most))
    var text = listing.text
    for (number, difference) in drawn.enumerated() {
      text += "\n" + ladder(of: difference, number: number + 1, style: style)
    }
    let rest = comparison.differences.count - drawn.count
    if rest > 0 { text += "\n\(counted(rest, "more ladder")): --all shows them\n" }
    return text
  }

  /// `SYN_SENT, ACK beyond: RST seq=new before, - now`.
  private func line(of difference: MachineDifference) -> String {
    let (one, other) = (difference.first.outputs.last, difference.second.outputs.last)
    return "\(difference.state.rawValue), \(difference.input?.rawValue ?? ""): \(one?.description ?? "-") on"
      + " \(before.release), \(other?.description ?? "-") on \(now.release)"
  }

  /// The word as this kernel answers it, with what the other one does in the last step.
  private func ladder(of difference: MachineDifference, number: Int, style: Style) -> String {
    var picture = now.picture(of: difference.second)
    let output = difference.first.outputs.last?.description ?? "-"
    picture.rows.append(
      Picture.Row(.note("\(before.release): \(output)"), at: picture.rows.count, time: nil))
    picture.difference = picture.rows.count - 1
    var listing = Listing(style: style)
    listing.add("\(number). \(line(of: difference))", .strong)
    return listing.text
      + LadderDrawing(picture, style: style).lines().map { $0.painted(color: style.color) + "\n" }.joined()
  }

  /// The comparison for programs.
  package func jsonReport() -> String { jsonText(JSONComparedMachines(before, now, comparison)) + "\n" }
}

private struct JSONComparedMachines: Encodable {
  var kind = JSONKind.machines
  var schema = 1
  var before: String
  var now: String
  var same: Bool
  var edges: Int
  var differences: [JSONMachineDifference]

  struct JSONMachineDifference: Encodable {
    var kernel: String
    var word: [Stimulus]
    var before: [String]
    var now: [String]
  }

  init(_ before: LearnedMachine, _ now: LearnedMachine, _ comparison: MachineComparison) {
    self.before = before.release
    self.now = now.release
    same = comparison.isSame
    edges = comparison.edgeCount
    differences = comparison.differences.map {
      JSONMachineDifference(
        kernel: $0.state.rawValue, word: $0.first.inputs, before: $0.first.outputs.map(\.description),
        now: $0.second.outputs.map(\.description))
    }
  }
}

package import Learning
import TCP

extension LearnedMachine {
  func terminalReport(style: Style) -> String {
    var listing = Listing(style: style)
    listing.add(heading, .strong)
    for text in limits { listing.add(text) }
    listing.add(effort, .faint)
    let words = accessWords
    listing.add(
      "States",
      note: "number, the kernel's state, edges to other states, the shortest way there",
      (0..<stateCount).map { state in
        let bundles = bundles(of: state)
        let out = bundles.reduce(0) { $0 + ($1.target == state ? 0 : $1.edges.count) }
        let word = words[state].map { inputs[$0].rawValue }.joined(separator: ", ")
        return [
          .init("\(state)", .faint), .init(title(of: state)), .init("\(out)", .faint),
          .init(word.isEmpty ? "the beginning" : word),
        ]
      })
    let others = changes.filter { !$0.isInFigure }
    listing.add(
      "Changes of state that figure 5 of RFC 9293 does not draw; its notes and text have most (tcpprobe states)",
      note: others.isEmpty ? "none" : nil,
      others.map { [.init("\($0.from.rawValue) to \($0.to.rawValue)"), .init($0.label)] })
    if style.drawsAll { for state in 0..<stateCount { add(state, to: &listing) } }
    return listing.text
  }

  private func add(_ state: Int, to listing: inout Listing) {
    listing.add(
      "State \(state): \(title(of: state))",
      bundles(of: state).flatMap { bundle in
        bundle.edges.map { input, output in
          [
            .init(input.rawValue), .init(output.description),
            .init(bundle.target == state ? "stays" : "to \(bundle.target) \(title(of: bundle.target))"),
          ]
        }
      })
  }

  /// The way to a state, as a ladder.
  package func ladder(to state: Int, style: Style) -> String {
    var listing = Listing(style: style)
    listing.add("State \(state): \(title(of: state))", .strong)
    let lines = LadderDrawing(picture(of: course(of: accessWords[state])), style: style).lines()
    return listing.text + lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}

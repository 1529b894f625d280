import Documents
package import Learning
import TCP

extension LearnedMachine {
  /// A course of the machine as a ladder: the kernel on the left, the peer on the right.
  func picture(of course: Course) -> Picture {
    var picture = Picture(ladderOf: side, from: kernelState(of: 0))
    var last = kernelState(of: 0)
    for (input, output, state) in course.steps {
      picture.add(input, output)
      let now = kernelState(of: state)
      if now != last { picture.rows[picture.rows.count - 1].states.left = now }
      last = now
    }
    return picture
  }
}

extension Side {
  /// A word that had several answers: a ladder of each, with the number of times that it came.
  package func ladders(
    of word: [Stimulus], answers: [(outputs: [Response], count: Int)], style: Style
  ) -> String {
    answers.map { outputs, count in
      var picture = Picture(ladderOf: self, from: nil)
      for (input, output) in zip(word, outputs) { picture.add(input, output) }
      let lines =
        [Line(count == 1 ? "Answered once:" : "Answered \(count) times:", .strong)]
        + LadderDrawing(picture, style: style).lines()
      return lines.map { $0.painted(color: style.color) + "\n" }.joined()
    }.joined(separator: "\n")
  }
}

extension Picture {
  fileprivate init(ladderOf side: Side, from state: State?) {
    self.init(
      names: Both(left: side.rawValue, right: "peer"), initial: Both(left: state, right: nil), rows: [],
      footnotes: [])
  }

  /// The rows of an input and its output.
  fileprivate mutating func add(_ input: Stimulus, _ output: Response) {
    var added: [Picture.What] = []
    if input.isCall {
      let isFailed = if case .failed = output.call { true } else { false }
      added.append(
        .call(
          label: input.rawValue, by: .left, outcome: output.call?.description ?? "not called",
          failed: isFailed))
    } else {
      added.append(.segment(label: input.rawValue, from: .right, part: .whole))
    }
    added += output.segments.map { .segment(label: $0.description, from: .left, part: .whole) }
    for what in added { rows.append(Picture.Row(what, at: rows.count, time: nil)) }
  }
}

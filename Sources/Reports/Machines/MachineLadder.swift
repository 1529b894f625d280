import Documents
import Learning
import TCP

extension LearnedMachine {
  /// A course of the machine as a ladder: the kernel on the left, the peer on the right.
  func picture(of course: Course) -> Picture {
    var picture = Picture(
      names: Both(left: side.rawValue, right: "peer"), initial: Both(left: kernelState(of: 0), right: nil),
      rows: [], footnotes: [])
    var last = kernelState(of: 0)
    for (input, output, state) in course.steps {
      var rows: [Picture.What] = []
      if input.isCall {
        let isFailed = if case .failed = output.call { true } else { false }
        rows.append(
          .call(
            label: input.rawValue, by: .left, outcome: output.call?.description ?? "not called",
            failed: isFailed))
      } else {
        rows.append(.segment(label: input.rawValue, from: .right, part: .whole))
      }
      rows += output.segments.map { .segment(label: $0.description, from: .left, part: .whole) }
      for what in rows {
        picture.rows.append(Picture.Row(what, at: picture.rows.count, time: nil))
      }
      let now = kernelState(of: state)
      if now != last { picture.rows[picture.rows.count - 1].states.left = now }
      last = now
    }
    return picture
  }
}

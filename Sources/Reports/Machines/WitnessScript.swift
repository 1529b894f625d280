import Documents
package import Learning
import Notations
import TCP

/// A packetdrill script of a word, with the outputs of one machine: a kernel that has these answers confirms it, and one
/// with another answer to the last input contradicts it.
package struct WitnessScript: Equatable, Sendable {
  package let text: String

  /// The reason why a script cannot say a word.
  package enum Unwritable: Error, Equatable {
    /// A segment before the connection that it could belong to, or that the numbers are counted from.
    case unsendable(Stimulus)
    /// A number that does not follow from what was sent.
    case unknownNumber(Response.Answer)
    /// A call that reads octets of which the number is not known.
    case unknownCount
    /// The other machine sends more, and no input tells that it has.
    case silent
  }

  /// - Parameters:
  ///   - course: the word with the outputs of this machine.
  ///   - machine: the one that has them.
  ///   - other: the other machine's output to the last input.
  ///   - remarks: the head of the script.
  package init(
    of course: LearnedMachine.Course, in machine: LearnedMachine, beside other: Response, remarks: [String]
  ) throws(Unwritable) {
    var writer = WitnessWriter(machine.side, machine.family, remarks: remarks)
    for (input, output) in zip(course.inputs, course.outputs).dropLast() { try writer.write(input, output) }
    guard let input = course.inputs.last, let output = course.outputs.last else {
      preconditionFailure("a word that tells machines apart has an input")
    }
    let surplus = try writer.write(input, output, beside: other)
    if let surplus {
      guard let words = Self.ending(of: writer, from: course.states.last ?? 0, in: machine, without: surplus)
      else { throw .silent }
      writer.remark("Nothing more was sent: the next segment is the answer to what follows.")
      for (input, output) in words { try writer.write(input, output) }
    }
    text = writer.lines.joined(separator: "\n") + "\n"
  }

  /// The shortest word whose first segment is another than this one, so that the surplus one would be seen in its place.
  private static func ending(
    of writer: WitnessWriter, from state: Int, in machine: LearnedMachine, without surplus: String
  ) -> [(Stimulus, Response)]? {
    var queue: [(state: Int, steps: [(Stimulus, Response)], writer: WitnessWriter)] = [(state, [], writer)]
    var known: Set = [state]
    while !queue.isEmpty {
      let (state, steps, writer) = queue.removeFirst()
      for (input, edge) in zip(machine.inputs, machine.edges[state]) {
        var longer = writer
        do { try longer.write(input, edge.output) } catch { continue }
        let all = steps + [(input, edge.output)]
        if let first = longer.firstSegment(since: writer) {
          if first != surplus { return all }
        } else if known.insert(edge.target).inserted {
          queue.append((edge.target, all, longer))
        }
      }
    }
    return nil
  }
}

extension WitnessScript.Unwritable: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unsendable(let input):
      "a script cannot send \(input.rawValue) there: its ports or its numbers are open"
    case .unknownNumber(let answer): "the numbers of \(answer) do not follow from what was sent"
    case .unknownCount: "a call reads octets, and how many does not follow from what was sent"
    case .silent:
      "the difference is a segment that one of the two does not send, and no later answer shows it"
    }
  }
}

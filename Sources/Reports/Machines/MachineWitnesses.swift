package import Learning
import TCP

/// The scripts that tell two machines apart: for each kind of difference one that passes on a kernel with the first
/// machine, and one for the second.
package struct MachineWitnesses {
  package struct Script {
    /// The file's name: `02-before.pkt`.
    package var name: String
    package var text: String
  }

  package private(set) var scripts: [Script] = []
  /// Each script that could not be written, by its name, with the reason.
  package private(set) var unwritten: [(name: String, reason: WitnessScript.Unwritable)] = []

  /// - Parameters:
  ///   - names: the names of both kernels.
  ///   - prefix: the beginning of the files' names.
  package init(
    _ before: LearnedMachine, _ now: LearnedMachine, _ comparison: MachineComparison,
    names: (before: String, now: String), prefix: String = ""
  ) {
    let digits = max(2, "\(comparison.differences.count)".count)
    for (place, difference) in comparison.differences.enumerated() {
      let number = String(repeating: "0", count: digits - "\(place + 1)".count) + "\(place + 1)"
      add(
        "\(prefix)\(number)-before.pkt", before, difference.first, names.before,
        beside: difference.second, names.now, difference)
      add(
        "\(prefix)\(number)-now.pkt", now, difference.second, names.now, beside: difference.first,
        names.before, difference)
    }
  }

  private mutating func add(
    _ file: String, _ machine: LearnedMachine, _ course: LearnedMachine.Course, _ name: String,
    beside other: LearnedMachine.Course, _ otherName: String, _ difference: MachineDifference
  ) {
    func told(_ course: LearnedMachine.Course) -> String { course.outputs.last?.description ?? "-" }
    let remarks = [
      "Linux \(name), \(machine.side.rawValue), in \(difference.state.rawValue), to"
        + " \(difference.input?.rawValue ?? "-"): \(told(course))",
      "Linux \(otherName): \(told(other))",
      "The word: \(course.inputs.map(\.rawValue).joined(separator: ", "))",
    ]
    do throws(WitnessScript.Unwritable) {
      let script = try WitnessScript(
        of: course, in: machine, beside: other.outputs.last ?? Response(), remarks: remarks)
      scripts.append(Script(name: file, text: script.text))
    } catch { unwritten.append((file, error)) }
  }
}

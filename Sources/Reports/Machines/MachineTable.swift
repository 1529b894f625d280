package import Learning
import Notations
import TCP

/// The machines of several kernels, oldest first: which differ from which on, each with a shortest word that tells.
package struct MachineTable {
  /// The machine of a kernel.
  package struct Row {
    package var machine: LearnedMachine
    /// The comparison with the machine of the kernel before; nil for the first.
    package var change: MachineComparison?
  }

  package private(set) var rows: [Row]

  /// - Parameter machines: in any order; all of one side.
  package init(_ machines: [LearnedMachine]) {
    let ordered = machines.sorted { KernelOrder.isOlder($0.version, $1.version) }
    rows = ordered.enumerated().map { place, machine in
      let before = place > 0 ? ordered[place - 1] : nil
      return Row(machine: machine, change: before.flatMap { try? MachineComparison($0, machine) })
    }
  }

  package var hasDifferences: Bool { rows.contains { $0.change?.isSame == false } }

  private var summary: String {
    let count = rows.count { $0.change?.isSame == false }
    let side = rows.first.map { $0.machine.side.rawValue } ?? ""
    let kernels = counted(rows.count, "kernel")
    return count == 0
      ? "\(kernels), \(side): all have the same machine"
      : "\(kernels), \(side): the machine changes \(count == 1 ? "once" : "\(count) times")"
  }

  private func change(of row: Row) -> String {
    guard let change = row.change else { return "" }
    if change.isSame { return "same" }
    return "\(counted(change.differences.count, "kind")) of difference"
  }

  package func terminalReport(style: Style) -> String {
    var listing = Listing(style: style)
    listing.add(summary, .strong)
    listing.add(
      "Kernels", note: "version, states, beside the kernel before",
      rows.map { row in
        [.init(row.machine.version), .init("\(row.machine.stateCount)"), .init(change(of: row))]
      })
    for (row, before) in zip(rows.dropFirst(), rows) {
      guard let change = row.change, !change.isSame else { continue }
      listing.add(
        "From \(row.machine.version) on",
        change.differences.map { difference in
          [.init(word(of: difference)), .init(outputs(of: difference, before: before, now: row))]
        })
    }
    return listing.text
  }

  package var markdownReport: String {
    let table = markdownTable(
      header: [
        "kernel", "states", "words to learn", "words to test", "another machine has more states than",
        "beside the kernel before",
      ],
      rows: rows.map { row in
        [
          markdownProse(row.machine.version), "\(row.machine.stateCount)",
          grouped(row.machine.counts.queries), grouped(row.machine.counts.tests),
          "\(row.machine.stateCount + row.machine.bounds.depth)", change(of: row),
        ]
      })
    let parts = zip(rows.dropFirst(), rows).compactMap { row, before -> String? in
      guard let change = row.change, !change.isSame else { return nil }
      let words = markdownTable(
        header: ["kernel's state", "word", before.machine.version, row.machine.version],
        rows: change.differences.map { difference in
          [
            markdownCode(difference.state.rawValue), markdownCode(word(of: difference)),
            markdownCode(difference.first.outputs.last?.description ?? "-"),
            markdownCode(difference.second.outputs.last?.description ?? "-"),
          ]
        })
      return "\n## \(markdownProse("From \(row.machine.version) on"))\n\n\(words)"
    }
    let limits = rows.first?.machine.alphabetLimits ?? ""
    return "# Machines by kernel\n\n\(markdownProse(summary)). \(markdownProse(limits))\n\n\(table)"
      + parts.joined()
  }

  /// The scripts that tell each machine from the one before. Their names begin with the version of the later kernel.
  package var witnesses: [MachineWitnesses] {
    zip(rows.dropFirst(), rows).enumerated().compactMap { place, pair in
      let (row, before) = pair
      guard let change = row.change, !change.isSame else { return nil }
      // A kernel that was built twice is called the same.
      let same = rows[...place].count { $0.machine.version == row.machine.version }
      let name = row.machine.version + (same > 0 ? "-\(same + 1)" : "")
      return MachineWitnesses(
        before.machine, row.machine, change, names: (before.machine.version, row.machine.version),
        prefix: "\(name)-")
    }
  }

  private func word(of difference: MachineDifference) -> String {
    difference.first.inputs.map(\.rawValue).joined(separator: ", ")
  }

  private func outputs(of difference: MachineDifference, before: Row, now: Row) -> String {
    "\(difference.first.outputs.last?.description ?? "-") on \(before.machine.version),"
      + " \(difference.second.outputs.last?.description ?? "-") on \(now.machine.version)"
  }
}

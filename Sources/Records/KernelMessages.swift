import Traces

/// The complaints of a kernel while a record was made: WARNING, BUG and the like. Only whoever booted it can tell; so it is
/// added to a guest's record, which compares as any other does.
package enum KernelMessages {
  package static let section = "kernel log"
  static let figure = Figure("warnings of the kernel", .operators)
}

extension Record {
  /// Adds the lines in which the kernel complained of itself.
  package mutating func add(kernelMessages lines: [String]) {
    var counts: [(line: String, count: Int)] = []
    for line in lines {
      if let place = counts.firstIndex(where: { $0.line == line }) {
        counts[place].count += 1
      } else {
        counts.append((line, 1))
      }
    }
    let texts = counts.map { $0.count == 1 ? $0.line : "\($0.line) (\($0.count) times)" }
    sections.removeAll { $0.name == KernelMessages.section }
    sections.append(
      Section(
        name: KernelMessages.section,
        rows: [
          Row(
            KernelMessages.figure.name,
            .measured(.words(texts.isEmpty ? "none" : texts.joined(separator: "; "))),
            setBy: [Condition]().setBy)
        ]))
  }
}

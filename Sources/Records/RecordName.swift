/// The names that tell a record from others of the same kernel.
package struct RecordName: Equatable, Sendable {
  /// The file that it was read from; nil where it was just made.
  package var file: String?
  package var label: String?
  package var host: String?
  /// The kernel's version alone.
  package var kernel: String

  package init(of environment: Environment, file: String? = nil) {
    self.file = file
    label = environment[Environment.Name.label]
    host = environment[Environment.Name.host]
    kernel = environment.kernelVersion
  }

  /// Its name in a list: its label and its file, or the file alone.
  package var inShort: String {
    let parts = [label, file].compactMap { $0 }
    return parts.isEmpty ? host ?? kernel : parts.count == 1 ? parts[0] : "\(parts[0]) (\(parts[1]))"
  }

  /// The head of its column: the kernel, and the record's name where it has a file.
  package var title: String {
    let parts = [label, file].compactMap { $0 }
    return parts.isEmpty ? kernel : "\(kernel) (\(parts.joined(separator: ", ")))"
  }
}

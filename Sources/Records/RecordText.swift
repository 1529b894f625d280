import Documents

/// A record as it stands in its file, divided without being read: many records are told apart by what most of them have
/// alike to the octet.
struct RecordText {
  /// The text above the settings: the kernel, the machine, the name of the record.
  let head: String
  /// The settings that somebody has set or the kernel begins with, a line each; not those that it makes of its memory.
  let settings: String
  /// All from the heading of the behaviour on, but for the traces.
  let behaviour: [UInt8]
  /// Of settings and behaviour.
  let hash: UInt64

  /// - Returns: nil where the text is not in the form that this program writes.
  init?(_ bytes: [UInt8]) {
    guard let start = bytes.place(ofHeading: Record.Heading.settings, from: 0),
      let middle = bytes.place(ofHeading: Record.Heading.behaviour, from: start)
    else { return nil }
    head = String(decoding: bytes[..<start], as: UTF8.self)
    guard head.contains(Record.Mark.schema(Record.currentSchema) + "\n") else { return nil }
    settings = Self.settings(in: bytes[start..<middle])
    behaviour = Array(
      bytes[middle..<(bytes.place(ofHeading: Record.Heading.traces, from: middle) ?? bytes.count)])
    hash = fnv1a(behaviour, fnv1a(settings.utf8))
  }

  /// Tells whether it holds the same settings and behaviour.
  func says(theSameAs other: RecordText) -> Bool {
    hash == other.hash && settings == other.settings && behaviour == other.behaviour
  }

  private static func settings(in bytes: ArraySlice<UInt8>) -> String {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
      guard line.first == UInt8(ascii: "|") else { return nil }
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      // `|`, the name, `|`, the value: padding is no difference.
      guard words.count > 1, !Environment.Setting.isMachineSized(words[1]) else { return nil }
      return words.filter { !$0.allSatisfy { $0 == "-" } }.joined(separator: " ")
    }.joined(separator: "\n")
  }
}

extension [UInt8] {
  /// Finds the beginning of the line `## heading`, at this place or behind it.
  func place(ofHeading heading: String, from start: Int) -> Int? {
    let line = Array("\n## \(heading)\n".utf8)
    var place = start
    while place + line.count <= count {
      guard let next = self[place...].firstIndex(of: line[0]) else { return nil }
      if self[next...].starts(with: line) { return next }
      place = next + 1
    }
    return nil
  }
}

/// FNV-1a, a hash of 64 bits (draft-eastlake-fnv).
func fnv1a(_ bytes: some Sequence<UInt8>, _ basis: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
  bytes.reduce(basis) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
}

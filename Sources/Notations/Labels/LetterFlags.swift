import TCP

extension Flags {
  private static let letters: [Character: Flags] = [
    "S": .syn, "F": .fin, "R": .rst, "P": .psh, ".": .ack, "A": .ack, "U": .urg, "E": .ece, "W": .cwr,
  ]

  /// Flags as tcpdump writes them: `S`, `S.`, `none`; or with `A` for ACK.
  init?(letters: some StringProtocol) {
    self = []
    if letters == "none" { return }
    guard !letters.isEmpty else { return nil }
    for letter in letters {
      guard let flag = Self.letters[letter] else { return nil }
      insert(flag)
    }
  }
}

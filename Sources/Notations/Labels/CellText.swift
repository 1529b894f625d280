import Documents

/// A cell's text in plain ASCII where that means the same, as the notation is read.
///
/// Backticks and asterisks go, `<br>` and arrows are blanks, and the wide, curved and long forms of
/// punctuation become the plain ones. What stays beyond ASCII is in no notation, and so makes a cell text.
func plainNotation(_ text: String) -> [UInt8] {
  var octets: [UInt8] = []
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x00A0, 0x2009, 0x202F, 0x3000: octets.append(UInt8(ascii: " "))
    case 0x2018, 0x2019, 0x00B4: octets.append(UInt8(ascii: "'"))
    case 0x2010...0x2015, 0x2212: octets.append(UInt8(ascii: "-"))
    case 0x2026, 0x22EF: octets += "...".utf8
    case 0x2190, 0x2192, 0x21D0, 0x21D2, 0x27F5, 0x27F6: octets.append(UInt8(ascii: " "))
    // The full-width forms repeat ASCII from `!` to `~`.
    case 0xFF01...0xFF5E: octets.append(UInt8(scalar.value - 0xFEE0))
    case 0x60, 0x2A: break
    case 0..<0x80: octets.append(UInt8(scalar.value))
    default: octets += String(scalar).utf8
    }
  }
  return withoutUnderscores(unescaped(withoutArrows(octets)))
}

private let lineBreaks = ["<br>", "<br/>", "<br />", "<BR>"]

/// `-->`, `<-`, `=>` and `<br>` as blanks.
private func withoutArrows(_ octets: [UInt8]) -> [UInt8] {
  guard octets.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }) else { return octets }
  var result: [UInt8] = []
  var place = 0
  while place < octets.count {
    let rest = octets[place...]
    let run = rest.prefix { "-=<>".utf8.contains($0) }
    if let tag = lineBreaks.first(where: { rest.starts(with: $0.utf8) }) {
      result.append(UInt8(ascii: " "))
      place += tag.utf8.count
    } else if run.isEmpty {
      result.append(octets[place])
      place += 1
    } else {
      let isArrow = run.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
      if isArrow { result.append(UInt8(ascii: " ")) } else { result += run }
      place += run.count
    }
  }
  return result
}

/// `FIN\_WAIT\_1` is how some editors write FIN_WAIT_1.
private func unescaped(_ octets: [UInt8]) -> [UInt8] {
  guard octets.contains(.backslash) else { return octets }
  return octets.indices.filter { place in
    let isEscape = octets[place] == .backslash && place + 1 < octets.count
    return !(isEscape && "_-.[]()+!:#".utf8.contains(octets[place + 1]))
  }.map { octets[$0] }
}

/// Underscores stand in states' names, so only those around the whole cell are emphasis.
private func withoutUnderscores(_ octets: [UInt8]) -> [UInt8] {
  var text = octets[...]
  while text.first?.isBlank == true { text.removeFirst() }
  while text.last?.isBlank == true { text.removeLast() }
  let underscore = UInt8(ascii: "_")
  while text.count > 2, text.first == underscore, text.last == underscore {
    text = text.dropFirst().dropLast()
  }
  return Array(text)
}

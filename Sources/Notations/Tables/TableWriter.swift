import Documents

/// A pipe table whose columns are padded, so that the text reads as well as the rendered page.
package func markdownTable(header: [String], rows: [[String]]) -> String {
  let cells = ([header] + rows).map { $0.map(escaped) }
  // A delimiter cell has three dashes at least. A cell of prose may stick out: padding every row to it helps no one.
  let widths = header.indices.map { column in
    min(cells.reduce(3) { max($0, displayWidth($1[column])) }, 72)
  }
  var text = ""
  for (number, row) in cells.enumerated() {
    text += "|"
    for (cell, width) in zip(row, widths) {
      text += " " + cell + String(repeating: " ", count: max(0, width - displayWidth(cell))) + " |"
    }
    text += "\n"
    if number == 0 {
      text += "|" + widths.map { " " + String(repeating: "-", count: $0) + " |" }.joined() + "\n"
    }
  }
  return text
}

/// A cell is one line, and a pipe in it does not end it.
private func escaped(_ cell: String) -> String {
  var text = ""
  for scalar in cell.unicodeScalars {
    switch scalar {
    case "|": text += "\\|"
    case "\n", "\r": text += " "
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text
}

/// Columns on a terminal: letters of East Asian scripts and pictures take two.
private func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { width, scalar in
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: width
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      width + 2
    default: width + 1
    }
  }
}

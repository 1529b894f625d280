import Documents

/// A pipe table whose columns are padded, so that the text reads as well as the rendered page.
package func markdownTable(header: [String], rows: [[String]]) -> String {
  let cells = ([header] + rows).map { $0.map(escaped) }
  // A delimiter cell has three dashes at least. A cell of prose may stick out: padding every row to it helps no one.
  let widths = header.indices.map { column in
    min(cells.reduce(3) { max($0, $1[column].displayWidth) }, 72)
  }
  var text = ""
  for (number, row) in cells.enumerated() {
    text += "|"
    for (cell, width) in zip(row, widths) {
      text += " " + cell + String(repeating: " ", count: max(0, width - cell.displayWidth)) + " |"
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

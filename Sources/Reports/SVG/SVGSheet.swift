/// A drawing that stands alone, on a sheet of white paper: what a slide is.
func svgSheet(
  title: String, under: [String], remarks: [String] = [], picture: Picture? = nil
) -> String {
  let ladder = picture.map { LadderSVG($0) }
  let margin = 24.0
  let width = max(ladder?.layout.width ?? 0, 640) + 2 * margin
  let words = picture.map { LadderWords(picture: $0) }
  let lines = wrapped(under.joined(separator: " · "), to: Int((width - 2 * margin) / 6.9)) + remarks
  let head = 60 + 18 * Double(lines.count)
  let notes = (picture?.footnotes ?? []).flatMap { wrapped($0, to: Int((width - 2 * margin) / 6.9)) }
  let height = head + (ladder?.layout.bottom ?? 0) + 18 * Double(notes.count) + 2 * margin
  func line(_ text: String, _ form: String, _ y: Double, character: Double) -> Markup {
    .element(
      "text", ["class": form, "x": units(margin), "y": units(y)],
      clipped(text, to: width - 2 * margin, character: character))
  }
  var content: [Markup] = [
    .element("title", title),
    .element(
      "desc", ([words.map { "\($0.title). \($0.description)" } ?? title] + remarks).joined(separator: ". ")),
    .style(rules: Palette.shapes + "\n" + Palette.light.rules),
    .empty("rect", ["class": "paper", "width": "100%", "height": "100%"]),
    line(title, "title", margin + 18, character: 10.5),
  ]
  for (index, text) in lines.enumerated() {
    content.append(line(text, "under faint", margin + 40 + 18 * Double(index), character: 6.9))
  }
  if let ladder {
    content.append(
      .element("g", ["transform": "translate(\(units(margin)) \(units(head)))"], ladder.content))
  }
  for (index, note) in notes.enumerated() {
    let y = head + (ladder?.layout.bottom ?? 0) + 24 + 18 * Double(index)
    content.append(line(note, "foot faint", y, character: 6.9))
  }
  let drawing = Markup.element(
    "svg",
    [
      "xmlns": "http://www.w3.org/2000/svg", "class": "ladder", "role": "img",
      "viewBox": "0 0 \(units(width)) \(units(height))", "width": units(width), "height": units(height),
    ], content)
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing.text
}

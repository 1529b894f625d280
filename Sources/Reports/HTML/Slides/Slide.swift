/// A screen of slides.
struct Slide {
  let form: String
  let heading: [Markup]
  let content: [Markup]

  func html(_ index: Int, of count: Int) -> Markup {
    func link(_ place: Int, _ text: String, _ relation: String, _ label: String) -> Markup {
      guard (0..<count).contains(place) else { return .element("span", ["class": "faint"], text) }
      return .element("a", ["rel": relation, "href": "#\(Slide.name(place))", "aria-label": label], text)
    }
    let way = Markup.element(
      "p", ["class": "way"],
      [
        link(index - 1, "‹", "prev", "Back"), .element("span", "\(index + 1) / \(count)"),
        link(index + 1, "›", "next", "Next"),
      ])
    return .element(
      "section", ["class": "slide \(form)", "id": Slide.name(index)],
      [
        heading.isEmpty ? .nothing : .element("h2", heading), .element("div", ["class": "screen"], content),
        way,
      ])
  }

  private static func name(_ index: Int) -> String { "s\(index + 1)" }
}

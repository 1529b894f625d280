import Documents

/// A step of a drawing in words: what happened, and what the document says of it.
struct StepWords {
  let picture: Picture
  let names: ClaimNames

  func title(_ row: Picture.Row) -> [Markup] {
    moved(row) + row.reasons.map { .element("span", ["class": "faint"], "; \($0)") }
  }

  private func moved(_ row: Picture.Row) -> [Markup] {
    switch row.what {
    case .segment(let label, let party, .arrives):
      return [.code(label), Markup(" from \(picture.names[party]) arrives")]
    case .segment(let label, let party, let part):
      let way = "\(picture.names[party]) → \(picture.names[party.other]) "
      let remark = part.remark.map { Markup.element("b", ["class": "lost"], " \($0)") }
      return [Markup(way), .code(label)] + [remark].compactMap { $0 }
    case .call(let label, let party, let outcome, let failed):
      let told = outcome.map { [Markup.element("b", ["class": failed ? "lost" : nil], " \($0)")] } ?? []
      return [Markup("\(picture.names[party]) calls "), .code(label)] + told
    case .pause: return []
    case .note(let text): return [Markup(text)]
    case .states: return [Markup(row.change(names: picture.names))]
    }
  }

  /// The document's cell beside the kernel's.
  func comparison(_ remark: Picture.Remark) -> Markup {
    let both = Difference(expected: remark.expected, seen: remark.seen)
    let who: String =
      switch remark.subject {
      case .state(_, let party): picture.names[party] + " "
      case .segment, .extra, .fact: ""
      }
    let isDecided = !remark.mark.isOpen
    let seen = isDecided || !remark.seen.isEmpty ? both.kernel : .element("span", ["class": "faint"], "–")
    let reason = remark.mark == .confirmed ? nil : remark.reason
    let content: [Markup] = [
      .element(
        "div", ["class": "said"], [.element("span", ["class": "label"], "document \(who)"), both.document]),
      .element("div", ["class": "did"], [.element("span", ["class": "label"], "kernel \(who)"), seen]),
      .element(
        "p", ["class": "verdict"],
        [remark.mark.html, Markup(" "), .joined(remark.claims.map(names.link), by: " "), Markup(" ")]
          + (reason.map { [.element("span", ["class": "reason"], $0)] } ?? [])),
    ]
    return .element("div", ["class": "compare \(remark.mark.form)"], content)
  }
}

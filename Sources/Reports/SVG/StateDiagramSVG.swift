import Documents
import TCP

/// RFC 9293's state diagram: drawn once in a page, and shown at each step with the states of both ends and the edges
/// that they have just taken.
enum StateDiagramSVG {
  /// The names of the parts that are drawn once.
  private static let base = "state-diagram"
  private static func ring(of party: Party) -> String { "state-of-\(party.rawValue)" }

  /// The diagram and the marks of both ends, for all pictures of a page.
  static var definitions: Markup {
    let edges = StateDiagramLayout.ways.map { way in
      Markup.element("g", ["class": "way"], [line(way), head(way)] + label(way))
    }
    let boxes =
      State.allCases.map { box($0, at: StateDiagramLayout.place(of: $0)) }
      + [box(.closed, at: StateDiagramLayout.place(of: .closed, isEnd: true))]
    return Markup([.element("g", ["id": base, "class": "ladder"], edges + boxes)] + Party.allCases.map(mark))
  }

  /// The picture at a step; nothing where no state is known.
  static func picture(_ states: PartyStates, changes: [StateChange] = [], names: Both<String>) -> Markup {
    let words = Party.allCases.compactMap { party in
      states.all[party].map { "\(names[party]) in \($0.rawValue)" }
    }
    if words.isEmpty { return .nothing }
    var parts: [Markup] = [.empty("use", ["href": "#" + base])]
    for change in changes {
      guard let way = StateDiagramLayout.ways.first(where: { $0.transition == change.edge }) else { continue }
      parts.append(.element("g", ["class": "taken \(change.party.rawValue)"], [line(way), head(way)]))
    }
    for party in Party.allCases {
      guard let state = states.all[party] else { continue }
      let place = StateDiagramLayout.place(of: state, isEnd: states.hasEnded[party])
      parts.append(
        .empty("use", ["href": "#" + ring(of: party), "x": units(place.x), "y": units(place.y)]))
    }
    let box = "0 0 \(units(StateDiagramLayout.width)) \(units(StateDiagramLayout.height))"
    return .element(
      "svg",
      [
        "class": "diagram", "viewBox": box, "role": "img",
        "aria-label": "State diagram of RFC 9293: " + words.joined(separator: ", "),
      ], parts)
  }

  static func box(_ state: State, at place: StateDiagramLayout.Point) -> Markup {
    let (width, height) = StateDiagramLayout.box
    return Markup([
      .empty(
        "rect",
        [
          "class": "box \(state.rawValue)", "x": units(place.x - width / 2), "y": units(place.y - height / 2),
          "width": units(width), "height": units(height), "rx": "6",
        ]),
      .element(
        "text", ["class": "state middle", "x": units(place.x), "y": units(place.y + 4.5)], state.rawValue),
    ])
  }

  /// A frame with a pointer: that of the left end is whole and points from the left, that of the right end is dashed,
  /// larger, and points from the right.
  private static func mark(_ party: Party) -> Markup {
    let isLeft = party == .left
    let (width, height) = isLeft ? StateDiagramLayout.box : (112, 38)
    let edge = (isLeft ? -1 : 1) * (width / 2 + 2)
    let tip = isLeft ? -9.0 : 9.0
    return .element(
      "g", ["id": ring(of: party), "class": "at \(party.rawValue)"],
      [
        .empty(
          "rect",
          [
            "x": units(-width / 2), "y": units(-height / 2), "width": units(width), "height": units(height),
            "rx": "8",
          ]),
        .empty("path", ["d": "M\(units(edge)) 0l\(units(tip)) -6v12Z"]),
      ])
  }

  static func line(_ way: StateDiagramLayout.Way) -> Markup {
    let points = way.points.map { "\(units($0.x)) \(units($0.y))" }
    let path = points.count == 4 ? "C" + points[1...].joined(separator: " ") : "L" + points[1]
    return .empty("path", ["class": "shaft", "d": "M" + points[0] + path])
  }

  static func head(_ way: StateDiagramLayout.Way) -> Markup {
    let end = way.points[way.points.count - 1]
    return Stretch(from: way.points[way.points.count - 2], to: end).head(at: end)
  }

  /// - Parameter sign: stands before the event.
  static func label(_ way: StateDiagramLayout.Way, sign: String = "") -> [Markup] {
    let lines = way.isOneLine ? [way.transition.label] : [way.transition.event, way.transition.action]
    return ([sign + lines[0]] + lines.dropFirst()).filter { !$0.isEmpty }.enumerated().map { index, text in
      .element(
        "text",
        [
          "class": way.anchor == .start ? "word" : "word \(way.anchor.rawValue)", "x": units(way.label.x),
          "y": units(way.label.y + way.lineHeight * Double(index)),
        ], text)
    }
  }
}

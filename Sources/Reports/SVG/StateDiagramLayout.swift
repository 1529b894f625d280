import TCP

/// The places of RFC 9293's state diagram: boxes for the states, and a way for each edge with the place of its label.
struct StateDiagramLayout {
  static let width = 480.0
  static let height = 496.0
  static let box = (width: 100.0, height: 26.0)

  typealias Point = (x: Double, y: Double)

  struct Way {
    let transition: Transition
    /// Two points of a line, or four of a curve.
    let points: [Point]
    let label: Point
    let anchor: Anchor
    /// True if the event and the action stand in one line.
    var isOneLine: Bool { anchor == .middle && transition.from == .synSent }
    /// The distance of the action below the event: a line, or the way itself that both stand around.
    var lineHeight: Double { anchor == .middle ? 20 : 11 }
  }

  enum Anchor: String { case start, middle, end }

  /// The middle of a state's box. CLOSED stands at the top and, as the end of a connection, at the bottom.
  static func place(of state: State, isEnd: Bool = false) -> Point {
    switch state {
    case .closed: isEnd ? (414, 474) : (240, 18)
    case .listen: (240, 92)
    case .synReceived: (66, 168)
    case .synSent: (414, 168)
    case .established: (240, 238)
    case .finWait1: (66, 308)
    case .closeWait: (414, 308)
    case .finWait2: (66, 394)
    case .closing: (240, 394)
    case .lastAck: (414, 394)
    case .timeWait: (222, 474)
    }
  }

  static let ways: [Way] = Transition.figure5.map(way)

  /// The way of the edge that note 2 of the figure adds; the RFC does not draw it.
  static let wayOfNote: Way? = Transition.all.first { $0.edge.source == .note(2) }.map {
    Way(transition: $0, points: [(104, 321), (196, 461)], label: (176, 420), anchor: .start)
  }

  /// The way of an edge. A connection that takes one that is not in the figure is told of in words.
  private static func way(_ transition: Transition) -> Way {
    func way(_ points: [Point], _ label: Point, _ anchor: Anchor = .start) -> Way {
      Way(transition: transition, points: points, label: label, anchor: anchor)
    }
    switch (transition.from, transition.to) {
    case (.closed, .listen): return way([(225, 31), (225, 79)], (218, 52), .end)
    case (.closed, _): return way([(290, 14), (400, 14), (440, 70), (440, 155)], (412, 34))
    case (.listen, .closed): return way([(255, 79), (255, 31)], (262, 52))
    case (.listen, .synReceived): return way([(205, 105), (116, 160)], (174, 136))
    case (.listen, _): return way([(275, 105), (364, 160)], (306, 136), .end)
    case (.synReceived, .listen): return way([(56, 155), (56, 100), (110, 88), (190, 88)], (76, 82))
    case (.synSent, .closed): return way([(395, 155), (395, 90), (340, 28), (290, 24)], (366, 98), .end)
    case (.synSent, .synReceived): return way([(364, 166), (116, 166)], (240, 161), .middle)
    case (.synReceived, .established): return way([(116, 176), (200, 225)], (166, 216), .end)
    case (.synSent, _): return way([(364, 176), (280, 225)], (306, 193), .end)
    case (.synReceived, _): return way([(66, 181), (66, 295)], (72, 238))
    case (.established, .finWait1): return way([(200, 251), (116, 302)], (178, 280))
    case (.established, _): return way([(280, 251), (364, 302)], (302, 280), .end)
    case (.finWait1, .finWait2): return way([(42, 321), (42, 381)], (48, 367))
    case (.finWait1, _): return way([(100, 321), (200, 382)], (168, 344))
    case (.closeWait, _): return way([(414, 321), (414, 381)], (420, 348))
    case (.finWait2, _): return way([(66, 407), (66, 450), (106, 474), (172, 474)], (102, 434))
    case (.closing, _): return way([(238, 407), (227, 461)], (242, 438))
    case (.lastAck, _): return way([(414, 407), (414, 461)], (408, 438), .end)
    default: return way([(272, 474), (364, 474)], (316, 468), .middle)
    }
  }
}

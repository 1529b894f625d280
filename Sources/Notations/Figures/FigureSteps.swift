import Documents
import TCP

extension FigureItems {
  /// The steps of a figure with these participants.
  ///
  /// - Parameter unread: arrows of which the figure does not say what they are.
  func steps(of names: [String], unread: inout [Page.Unread]) -> [Sketch.Step] {
    var steps: [Sketch.Step] = []
    var roles = FigureRoles()
    var last: Arrow?
    let every = names.count == 2 ? [0, 1] : []
    let lastArrow = all.lastIndex { if case .arrow = $0.kind { true } else { false } } ?? 0
    for (place, item) in all.enumerated() {
      func add(_ kind: Sketch.Kind) { steps.append(Sketch.Step(line: item.line, kind)) }
      switch item.kind {
      case .gap: break
      case .elision:
        if !steps.isEmpty, place < lastArrow { add(.elision(text: "...")) }
      case .arrow(let arrow) where arrow.whole.isEmpty:
        unread.append(Page.Unread(line: item.line, text: "an arrow without a text", kind: .other(nil)))
      case .arrow(let arrow):
        last = arrow
        add(.message(.init(from: arrow.from, to: arrow.to, label: arrow.whole, isLost: arrow.isLost)))
        roles.note(arrow)
      case .between(let text):
        let label = Label(reading: text)
        // The arrival is at the arrow's head.
        let receiver = last.flatMap { label.tellsArrival(of: Label(reading: $0.whole).segment) ? $0.to : nil }
        add(
          .note(
            of: label.states.isEmpty && !label.isTimeout ? [] : receiver.map { [$0] } ?? every, text: text))
      case .below(let pole, let text):
        if place > lastArrow { add(.states([pole: text])) } else { add(.note(of: [pole], text: text)) }
      case .side(let pole, let text, let isBesideArrow):
        let label = Label(reading: text)
        let owner = roles.owner(of: label, at: pole, names)
        // A state alone in the arrow's own line is that of this step.
        if isBesideArrow, label.states.count == 1, label.others <= 2, label.segment == nil, !label.isTimeout {
          add(.states([owner: text]))
        } else {
          add(.note(of: [owner], text: text))
        }
      }
    }
    return joined(steps)
  }

  /// States of two participants in one line are one step.
  private func joined(_ steps: [Sketch.Step]) -> [Sketch.Step] {
    var joined: [Sketch.Step] = []
    for step in steps {
      if case .states(let states) = step.kind, let last = joined.last, last.line == step.line,
        case .states(let before) = last.kind, Set(before.keys).isDisjoint(with: states.keys)
      {
        joined[joined.count - 1].kind = .states(before.merging(states) { first, _ in first })
      } else {
        joined.append(step)
      }
    }
    return joined
  }
}

/// The participants that opened and that closed first, as far as the figure has come.
private struct FigureRoles {
  private var opener: Int?
  private var closer: Int?

  mutating func note(_ arrow: FigureItems.Arrow) {
    guard let flags = Label(reading: arrow.whole).segment?.flags else { return }
    if flags.contains(.syn), !flags.contains(.ack), opener == nil { opener = arrow.from }
    if flags.contains(.fin), closer == nil { closer = arrow.from }
  }

  /// Tells whether a participant can be in a state; nil where the figure does not say.
  private func can(_ pole: Int, be state: State) -> Bool? {
    switch state {
    case .synSent: opener.map { $0 == pole }
    case .listen, .synReceived: opener.map { $0 != pole }
    case .finWait1, .finWait2, .timeWait, .closing: closer.map { $0 == pole }
    case .closeWait, .lastAck: closer.map { $0 != pole }
    case .closed, .established: nil
    }
  }

  /// The participant of whom a text at a side tells a state. The text may name it. A change from one state to another
  /// that is not possible at its own side, and is at the other, belongs to the other.
  func owner(of label: Label, at pole: Int, _ names: [String]) -> Int {
    guard names.count == 2, label.states.count == 1, let named = label.states.first else { return pole }
    let mentioned = names.indices.filter { place in
      names[place].count > 1 && named.context.contains(names[place].lowercased())
    }
    if mentioned.count == 1 { return mentioned[0] }
    guard mentioned.isEmpty, let previous = named.previous else { return pole }
    let here = [previous, named.state].map { can(pole, be: $0) }
    let there = [previous, named.state].map { can(1 - pole, be: $0) }
    return here.contains(false) && !there.contains(false) ? 1 - pole : pole
  }
}

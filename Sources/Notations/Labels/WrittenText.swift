import Documents

extension Cell {
  /// The elements of a text that stands exactly as tcpprobe writes a cell; nil for every other text.
  ///
  /// Such a text means the same in every notation, so what was written can be read again.
  static func written(_ text: some StringProtocol) -> [Element]? {
    let text = String(text)
    guard !text.isEmpty, text.utf8.count <= 400, case .elements(let elements) = Reading(of: text),
      !elements.isEmpty, !elements.contains(where: { if case .unread = $0 { true } else { false } }),
      Cell(elements: elements).description == text
    else { return nil }
    return elements
  }
}

/// A note that stands exactly as tcpprobe writes it into a diagram.
enum WrittenNote: Equatable {
  /// `[CLOSED] | [LISTEN]`, over both parties: a row without a segment.
  case row(Both<[Cell.Element]>)
  /// `[SYN_RECV] (received)`, `[LISTEN] (in this step)`: the cell of a party in the row of the message before.
  case cell([Cell.Element])
  /// `kernel's reason: dropped: TCP_RESET`: no step and no state, whatever words it holds.
  case kernelReason

  /// The words before the kernel's own reason.
  static let reason = "\(Rung.Note.kernelReason): "
  /// The words behind what belongs to the message before, and to it alone.
  static let inThisStep = " (in this step)"

  init?(_ text: String, ofBoth: Bool) {
    if text.hasPrefix(Self.reason) {
      self = .kernelReason
    } else if ofBoth {
      let parts = text.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(\.trimmed)
      guard parts.count == 2, parts.contains(where: { !$0.isEmpty }) else { return nil }
      let cells = parts.map { $0.isEmpty ? [] : Cell.written($0) }
      guard let left = cells[0], let right = cells[1],
        ![left, right].contains(where: { Cell(elements: $0).segment != nil })
      else { return nil }
      self = .row(Both(left: left, right: right))
    } else {
      let isMarked = text.hasSuffix(Self.inThisStep)
      guard let elements = Cell.written(isMarked ? text.dropLast(Self.inThisStep.count) : text[...]),
        Cell(elements: elements).segment == nil,
        isMarked || elements.contains(where: { $0 == .received || $0 == .perhapsReceived })
      else { return nil }
      self = .cell(elements)
    }
  }
}

extension Rung.Note {
  /// Tells whether a reader of a picture would take nothing of this text for a step or a state.
  var isOnlyRemark: Bool {
    let label = Label(reading: text)
    return !label.isTCP && !label.isTimeout && !label.isLost && !label.isReceived && !Elision.isTold(in: text)
      && text.contains { $0.isLetter || $0.isNumber }
  }
}

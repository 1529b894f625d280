import TCP

/// A segment of a ladder that does not arrive: the one that this party sends in the rung of this index.
struct LostSegment: Hashable {
  var rung: Int
  var party: Party
}

extension Ladder {
  /// The segments that are lost: told in the receiver's cell of the same row, or of the next before any other
  /// segment.
  func losses(page: String) throws(PageError) -> Set<LostSegment> {
    var losses: Set<LostSegment> = []
    for (index, rung) in rungs.enumerated() {
      for receiver in Party.allCases where rung.cells[receiver].isLost {
        let sender = receiver.other
        if rung.cells[sender].segment != nil {
          losses.insert(LostSegment(rung: index, party: sender))
        } else if index > 0, rung.cells[receiver].segment == nil,
          rungs[index - 1].cells[sender].segment != nil
        {
          losses.insert(LostSegment(rung: index - 1, party: sender))
        } else {
          throw PageError(
            page: page, line: rung.line,
            message:
              "\(parties[receiver]) does not receive something, but \(parties[sender]) sends no segment"
              + " in this row or the one before")
        }
      }
    }
    return losses
  }

  /// Whether the other party sends data after this rung that it has not sent before.
  func receivesData(_ party: Party, after index: Int) -> Bool {
    rungs[(index + 1)...].contains { $0.cells[party.other].segment?.carriesData ?? false }
  }

  func lastSender(before index: Int) -> Party? {
    for rung in rungs[..<index].reversed() {
      for party in Party.allCases where rung.cells[party].segment != nil { return party }
    }
    return nil
  }

  /// The number that each party begins at: its first own SEQ, else the other's first ACK of it.
  var firstNumbers: Both<UInt32?> {
    var first: Both<UInt32?> = Both(nil)
    for party in Party.allCases {
      for rung in rungs {
        if case .literal(let number)? = rung.cells[party].segment?.sequence {
          first[party] = number
          break
        }
      }
      if first[party] != nil { continue }
      for rung in rungs {
        if case .number(.literal(let number))? = rung.cells[party.other].segment?.acknowledgment {
          // What answers a SYN acknowledges one more than the number that the SYN had.
          first[party] = isOpened(by: party) ? number &- 1 : number
          break
        }
      }
    }
    return first
  }

  private func isOpened(by party: Party) -> Bool {
    rungs.contains { $0.cells[party].segment?.flags.contains(.syn) ?? false }
  }
}

import Documents
import Notations
import TCP

/// The reasons for an RST, told from what its sender had sent and received before.
extension EndingReader {
  func ending(by reset: CapturedSegment) -> Ending {
    let (sender, other) = (reset.from, reset.from.other)
    let rst = Ending.Proof(.rst, sender, [reset.number])
    if let unopened = unopened(by: reset, rst) { return unopened }
    if let untold = untold ?? untoldProbes(before: reset) {
      return Ending(.undecided, of: sender, [rst], remarks: [.untold(untold)])
    }
    let fin = sides[sender].fin.flatMap { $0.number < reset.number ? $0 : nil }
    let otherFIN = sides[other].fin.flatMap { $0.number < reset.number ? $0 : nil }
    if let fin {
      if let late = lateData(behind: fin, before: reset) {
        let proofs = [
          Ending.Proof(.fin, sender, [fin.number]),
          Ending.Proof(.lateData, other, [late.number], octets: late.length), rst,
        ]
        let knew = late.acknowledged.map { $0 - fin.end >= 0 } ?? false
        return Ending(.lateWrite, of: sender, proofs, remarks: knew ? [] : [.crossed])
      }
      if let otherFIN, isAcknowledged(fin), isAcknowledged(otherFIN) {
        let (first, second) = fin.number < otherFIN.number ? (fin, otherFIN) : (otherFIN, fin)
        return closed(first, second).adding([.lateReset(sender, packet: reset.number)])
      }
    }
    var ending = broken(by: reset, rst)
    if let closed = sides[sender].closedWindow, closed.number < reset.number {
      ending.remarks.append(.windowWasClosed(sender, packet: closed.number))
    }
    return ending
  }

  /// Set where the sender has sent ACKs without numbers, and with nothing new, since it heard the other end: they may be
  /// keep-alive probes.
  private func untoldProbes(before reset: CapturedSegment) -> Ending.Untold? {
    let mine = segments.filter { $0.from == reset.from && $0.number < reset.number }
    let heard = segments.last { $0.from == reset.from.other && $0.number < reset.number }?.number ?? 0
    let isProbe = zip(mine, mine.dropFirst()).contains { before, segment in
      segment.number > heard && segment.marks.contains(.unnumbered) && segment.flags == .ack
        && segment.length == 0 && segment.window == before.window
        && segment.acknowledged == before.acknowledged
    }
    return isProbe ? .probes : nil
  }

  /// Nil where the connection was made before the RST.
  private func unopened(by reset: CapturedSegment, _ rst: Ending.Proof) -> Ending? {
    let (sender, other) = (reset.from, reset.from.other)
    if let syn = sides[other].syn, !syn.flags.contains(.ack), sides[sender].syn == nil,
      sides[sender].segments == resets(of: sender)
    {
      let begin = Ending.Proof(.syn, other, [syn.number])
      return Ending(.refused, of: other, [begin] + again(.synAgain, other, .syn) + [rst])
    }
    // The opener has sent nothing but SYN.
    guard let syn = sides[sender].syn, !syn.flags.contains(.ack), let answer = sides[other].syn,
      answer.flags.contains(.ack), answer.number < reset.number,
      !segments.contains(where: {
        $0.from == sender && $0.number < reset.number && $0.flags.isDisjoint(with: [.syn, .rst])
      })
    else { return nil }
    return Ending(
      .openerReset, of: sender,
      [Ending.Proof(.syn, sender, [syn.number]), Ending.Proof(.synAck, other, [answer.number]), rst])
  }

  private func resets(of party: Party) -> Int {
    segments.count { $0.from == party && $0.flags.contains(.rst) }
  }

  /// Data of the other end that came behind this FIN, and that its sender did not take.
  private func lateData(behind fin: CapturedSegment, before reset: CapturedSegment) -> CapturedSegment? {
    let late = segments.filter {
      $0.from == fin.from.other && $0.number > fin.number && $0.number < reset.number && $0.length > 0
        && !isAcknowledged($0)
    }
    // An RST without ACK has the number that the segment which it answers acknowledges.
    if !reset.flags.contains(.ack), let cause = late.last(where: { $0.acknowledged == reset.sequence }) {
      return cause
    }
    return late.first
  }

  /// The connection was open at the RST's end, or not known there.
  private func broken(by reset: CapturedSegment, _ rst: Ending.Proof) -> Ending {
    let (sender, other) = (reset.from, reset.from.other)
    let before = segments.filter { $0.number < reset.number }
    guard reset.flags.contains(.ack) else {
      // It answers a segment of a connection that its host does not have.
      let trigger = before.last { $0.from == other && $0.acknowledged == reset.sequence }
      let proofs = trigger.map { [Ending.Proof(.trigger, other, [$0.number])] } ?? []
      return Ending(.unknownConnection, of: sender, proofs + [rst], isInferred: trigger == nil)
    }
    let heard = before.last { $0.from == other }
    let mine = before.filter { $0.from == sender && $0.number > heard?.number ?? 0 }
    let lastHeard = heard.map { [Ending.Proof(.lastHeard, other, [$0.number])] } ?? []
    let probes = mine.filter { $0.marks.contains(.keepAlive) }
    if !probes.isEmpty {
      return Ending(
        .keepAliveReset, of: sender,
        lastHeard + [Ending.Proof(.keepAlives, sender, probes.map(\.number)), rst],
        isInferred: probes.count < 2)
    }
    let repeated = mine.filter { $0.marks.contains(.retransmission) && !$0.marks.contains(.needless) }
    if repeated.count > 1, let first = repeated.first {
      let proof = Ending.Proof(
        .retransmissions, sender, repeated.map(\.number), nanoseconds: reset.time - first.time)
      return Ending(.retransmissionReset, of: sender, lastHeard + [proof, rst])
    }
    return broken(by: reset, rst, before)
  }

  /// Its program ended the connection: with data unread if data came behind all that it has sent itself.
  private func broken(by reset: CapturedSegment, _ rst: Ending.Proof, _ before: [CapturedSegment]) -> Ending {
    let (sender, other) = (reset.from, reset.from.other)
    let own = before.last { $0.from == sender && $0.length > 0 }
    let data = before.filter {
      $0.from == other && $0.length > 0 && $0.number > own?.number ?? 0 && !$0.marks.contains(.retransmission)
    }
    guard !data.isEmpty else {
      let proofs = own.map { [Ending.Proof(.lastOwnData, sender, [$0.number], octets: $0.length)] } ?? []
      return Ending(.aborted, of: sender, proofs + [rst], isInferred: true)
    }
    var proofs: [Ending.Proof] = []
    if let own { proofs.append(Ending.Proof(.lastOwnData, sender, [own.number], octets: own.length)) }
    let octets = data.reduce(0) { $0 + $1.length }
    proofs.append(Ending.Proof(.data, other, data.map(\.number), octets: octets))
    let isProved = sides[sender].closedWindow.map { $0.number < reset.number } ?? false
    return Ending(.unreadData, of: sender, proofs + [rst], isInferred: !isProved)
  }
}

import Benches
import Documents
import Kinds
import TCP
import Testing
import Traces

/// Runs of a ladder that the machine held up, as events that are only values.
@Suite(.tags(.pure)) struct StalledRunTests {
  private static let stall = Event.What.stall(nanoseconds: 122_000_000)

  private static func fin(_ sequence: UInt32) -> Event.What {
    .segment(
      segment: Segment(
        flags: [.fin, .ack], sequence: SequenceNumber(sequence), acknowledgment: SequenceNumber(1)),
      bytes: Bytes([]))
  }

  /// A run in which one segment was lost and another was sent, and then this happened.
  private func isDisturbed(_ rest: [Event.What]) -> Bool {
    let here = Endpoint(Address(192, 0, 2, 1), 40_000)
    var trace = Trace(
      variant: Variant(subject: .ladder(page: "page", table: 1), bench: .wire, family: .ipv4),
      names: Both(left: "client", right: "server"),
      endpoints: Both(left: here, right: Endpoint(Address(192, 0, 2, 2), 80)), observers: [])
    let start: [Event.What] = [
      .rung(index: 0), Self.fin(7), .dropped(segment: 1), .rung(index: 1), .dropped(segment: 1),
    ]
    trace.events = (start + rest).enumerated().map { index, what in
      Event(time: Int64(index) * 1_000_000, party: .left, observer: .wire, what: what)
    }
    return trace.isDisturbed(keepsBack: nil)
  }

  @Test func aResendBehindTheLastStallIsTheMachines() {
    #expect(isDisturbed([Self.stall, Self.fin(7)]))
  }

  @Test func aStallAloneIsNone() {
    #expect(!isDisturbed([Self.stall]))
    #expect(!isDisturbed([Self.stall, Self.fin(8)]))
  }

  @Test func aResendThatALaterStepWaitsForIsThePages() {
    #expect(!isDisturbed([Self.stall, .rung(index: 2), Self.fin(7)]))
    #expect(!isDisturbed([Self.fin(7), Self.stall]))
  }
}

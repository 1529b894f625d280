import Documents
import TCP
import Traces

/// A run in few words, from which the trace is made that a bench would leave of it.
///
/// Steps are values, so that a test can change one thing of a run and ask what that does to the verdict.
struct Sketch {
  var steps: [Step]
  var bench: BenchKind = .wire
  var placed: Both<UInt32?> = Both(nil)
  var conditions: [Condition] = []
  var observers = [ObserverReport(kind: .wire), ObserverReport(kind: .sockDiag)]
  var end: Trace.End = .finished
  var disturbances = 0
  /// Nanoseconds from one event to the next.
  var pace: Int64 = 1_000_000

  init(_ steps: [Step], placed: Both<UInt32?> = Both(nil)) {
    self.steps = steps
    self.placed = placed
  }

  enum Step {
    /// The runner comes to the next row of its ladder.
    case rung
    case call(Party, Call)
    case segment(Sent)
    /// The segment of this number, from 0, which was held, arrives.
    case arrival(Int)
    /// The tables are looked at; CLOSED is that they have nothing.
    case look(Party, State)
    case other(Event.What, Party?, ObserverKind?)
  }

  struct Sent {
    var party: Party
    var segment: Segment
    var isLost = false
    var isHeld = false
    /// What a look finds the sender in once the segment has left, and the receiver in once it has arrived.
    var sender: State?
    var receiver: State?
    /// What a look finds the receiver in while the segment is under way.
    var waiting: State?
  }

  /// The segments of the run, from 0, to be looked at and changed.
  subscript(segment number: Int) -> Sent {
    get {
      guard case .segment(let sent) = steps[place(ofSegment: number)] else { fatalError("no segment") }
      return sent
    }
    set { steps[place(ofSegment: number)] = .segment(newValue) }
  }

  func place(ofSegment number: Int) -> Int {
    steps.indices.filter { if case .segment = steps[$0] { true } else { false } }[number]
  }

  /// The same run but for one thing.
  func with(_ change: (inout Sketch) -> Void) -> Sketch {
    var copy = self
    change(&copy)
    return copy
  }
}

extension Sketch.Step {
  static func left(
    _ flags: Flags, seq: UInt32, ack: UInt32? = nil, length: Int = 0, lost: Bool = false,
    is sender: State? = nil, then receiver: State? = nil
  ) -> Self {
    sent(.left, flags, seq, ack, length, lost, sender, receiver)
  }

  static func right(
    _ flags: Flags, seq: UInt32, ack: UInt32? = nil, length: Int = 0, lost: Bool = false,
    is sender: State? = nil, then receiver: State? = nil
  ) -> Self {
    sent(.right, flags, seq, ack, length, lost, sender, receiver)
  }

  /// This segment's step; the segment does not arrive before its arrival is a step.
  var held: Self {
    guard case .segment(var sent) = self else { return self }
    sent.isHeld = true
    return .segment(sent)
  }

  private static func sent(
    _ party: Party, _ flags: Flags, _ seq: UInt32, _ ack: UInt32?, _ length: Int, _ isLost: Bool,
    _ sender: State?, _ receiver: State?
  ) -> Self {
    let segment = Segment(
      flags: flags, sequence: SequenceNumber(seq), acknowledgment: SequenceNumber(ack ?? 0), window: 502,
      length: length)
    return .segment(
      Sketch.Sent(party: party, segment: segment, isLost: isLost, sender: sender, receiver: receiver))
  }
}

import Claims
import Documents
import Kinds
import TCP
import Testing
import Traces

/// What cannot be known is undecided, with the reason: it is held neither for the document nor against it.
@Suite(.tags(.pure)) struct UndecidedTests {
  static let rows = "FIN [FIN_WAIT_1] |\n| ACK(ACK:-) [FIN_WAIT_2]\n| FIN"
  static let usual = Sketch([
    .rung, .left([.fin, .ack], seq: 1, ack: 1, is: .finWait1, then: .closeWait), .rung,
    .right(.ack, seq: 1, ack: 2, is: .closeWait, then: .finWait2), .rung,
    .other(.silence(awaited: "FIN", nanoseconds: 300_000_000), .right, nil),
  ])
  static let decided: [Verdict.Kind] = [
    .confirmed, .contradicted, .contradicted, .confirmed, .contradicted,
  ]

  @Test func whatTheMachineDisturbedProvesNothing() throws {
    #expect(try assess(page(Self.rows), Self.usual).kinds == Self.decided)
    let stalled = Self.usual.with {
      $0.end = .stalled
      $0.disturbances = 5
    }
    let assessment = try assess(page(Self.rows), stalled)
    #expect(assessment.kinds == Array(repeating: .undecided, count: 5))
    #expect(!assessment.isDecided && !assessment.hasDifferences)
    for part in assessment.ladders[0].parts {
      #expect(part.verdict.reason?.contains("in each of 5 runs") == true)
    }
  }

  @Test func whatTheMachineDisturbedHasNothingExtraEither() throws {
    let disturbed = Self.usual.with {
      $0.end = .stalled
      $0.steps += [.left(.rst, seq: 9), .right(.ack, seq: 1, ack: 2), .right([.fin, .ack], seq: 1, ack: 2)]
    }
    for isExhaustive in [false, true] {
      let assessment = try assess(page(Self.rows, isExhaustive: isExhaustive), disturbed)
      #expect(assessment.extras.isEmpty && !assessment.hasDifferences)
    }
  }

  @Test func whatTheBenchCannotRunIsUndecided() throws {
    let rows = "FIN |\n| ACK\n| FIN [LAST_ACK]"
    // The run ends before its third row.
    let cut = Self.usual.with {
      $0.end = .cannotRun(reason: "needs --on wire")
      $0.steps.removeLast(2)
    }
    let assessment = try assess(page(rows), cut)
    #expect(assessment.kinds == [.confirmed, .confirmed, .undecided, .undecided])
    #expect(try assessment.segment(3, .right).reason == "needs --on wire")
    #expect(try assessment.state(3, .right).reason == "needs --on wire")
    let finished = cut.with { $0.end = .finished }
    #expect(try assess(page(rows), finished).segment(3, .right).kind == .contradicted)
  }

  @Test func aRowThatWasNeverRunTakesNoSegment() throws {
    // The kernel sent its FIN again before the run broke off: that is not the ACK of a row that never began.
    let cut = Sketch([
      .rung, .left([.fin, .ack], seq: 1, ack: 1), .left([.fin, .ack], seq: 1, ack: 1),
    ]).with { $0.end = .cannotRun(reason: "needs --on wire") }
    let assessment = try assess(page("FIN |\nACK |\n| close()"), cut)
    #expect(assessment.kinds == [.confirmed, .undecided])
  }

  @Test func withoutAnObserverOfSegmentsNoneIsMissing() throws {
    let blind = Sketch([.rung, .rung, .rung]).with {
      $0.bench = .loopback
      $0.observers = [ObserverReport(kind: .capture, reason: "EPERM"), ObserverReport(kind: .sockDiag)]
    }
    let verdict = try assess(page(Self.rows), blind).segment(1, .left)
    #expect(verdict.kind == .undecided && verdict.reason == "needs segments to be seen: EPERM")
    let seeing = blind.with { $0.observers = [ObserverReport(kind: .capture)] }
    #expect(try assess(page(Self.rows), seeing).segment(1, .left).kind == .contradicted)
  }

  /// A party that sampled observers saw in ESTABLISHED only, in real time.
  static let sampled = Sketch([
    .rung, .left([.fin, .ack], seq: 1, ack: 1, is: .established, then: .established), .rung,
  ]).with {
    $0.bench = .loopback
    $0.observers = [ObserverReport(kind: .capture), ObserverReport(kind: .sockDiag)]
  }

  private func state(_ state: State, _ sketch: Sketch) throws -> Verdict {
    try assess(page("FIN [\(state.rawValue)] |\n| close()"), sketch).state(1, .left)
  }

  @Test(arguments: State.allCases.filter { $0 != .established })
  func whatASampledObserverDidNotSeeIsUndecided(name: State) throws {
    let verdict = try state(name, Self.sampled)
    // The FIN proves this one.
    #expect(verdict.kind == (name == .finWait1 ? .confirmed : .undecided))
    #expect(verdict.reason?.hasPrefix("inferred: ") == (name == .finWait1))
    #expect(try state(.established, Self.sampled).kind == .confirmed)
    let wire = Self.sampled.with {
      $0.bench = .wire
      $0.observers[0].kind = .wire
    }
    #expect(try state(name, wire).kind == .contradicted)
  }

  @Test(arguments: State.allCases.filter { $0 != .established })
  func aTracepointSeesEveryStateButThoseOfMinisocketsAndListeners(name: State) throws {
    let traced = Self.sampled.with { $0.observers.append(ObserverReport(kind: .stateTracepoint)) }
    let isHidden = [State.timeWait, .synReceived, .listen].contains(name)
    #expect(try state(name, traced).kind == (isHidden ? .undecided : .contradicted))
    let lossy = traced.with { $0.observers[2].lost = 1 }
    let unseen = name == .finWait1 ? Verdict.Kind.confirmed : .undecided
    #expect(try state(name, lossy).kind == unseen)
    let absent = traced.with { $0.observers[2].reason = "EACCES" }
    #expect(try state(name, absent).kind == unseen)
  }

  @Test func aStateAtWhichNobodyLookedIsUndecided() throws {
    let unseen = Sketch([.rung, .left([.fin, .ack], seq: 1, ack: 1), .rung])
    let verdict = try state(.finWait1, unseen)
    #expect(verdict.kind == .undecided && verdict.reason == "no observer had a sample at this moment")
    let seen = unseen.with { $0[segment: 0].sender = .established }
    #expect(try state(.finWait1, seen).kind == .contradicted)
  }
}

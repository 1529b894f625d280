package import Benches
import Documents
package import Traces

/// What no ladder can say: one function each, on the same benches, leaving the same kind of trace.
package enum Scenarios {
  /// Plays the scenario under these conditions.
  ///
  /// - Throws: ``BenchError`` where the bench cannot run.
  package static func play(
    _ id: ScenarioID, under conditions: [Condition], with player: Player, on bench: any Bench
  ) throws -> Trace {
    let play = Play(
      subject: .scenario(id: id), bench: bench.kind, family: bench.family, conditions: conditions)
    var trace = try player.repeatedly(play) { stage in
      switch id {
      case .opening: try stage.playOpening(under: conditions)
      case .close: try stage.playClose(under: conditions)
      case .halfClose: try stage.playHalfClose(under: conditions)
      case .closedPort: try stage.playClosedPort()
      case .sendingAhead: try stage.playSendingAhead(under: conditions)
      case .badPath: try stage.playBadPath(under: conditions)
      case .resend: try stage.playResend(under: conditions)
      case .idle: try stage.playIdle(under: conditions)
      case .overtakingFin: try stage.playOvertakingFin()
      case .closeWait: try stage.playCloseWait(under: conditions)
      case .reset: try stage.playReset(under: conditions)
      case .lostLastAck: try stage.playLostLastAck(under: conditions)
      case .timeWait: try stage.playTimeWait()
      case .timeWaitTimer: try stage.playTimeWaitTimer(under: conditions)
      case .bindInTimeWait: try stage.playBindInTimeWait(under: conditions)
      case .connectInTimeWait: try stage.playConnectInTimeWait(under: conditions)
      case .samePortInTimeWait: try stage.playSamePortInTimeWait(under: conditions)
      case .segmentsInTimeWait: try stage.playSegmentsInTimeWait(under: conditions)
      case .assassination: try stage.playAssassination(under: conditions)
      case .crowd: try stage.playCrowd(under: conditions)
      case .usedUpPorts: try stage.playUsedUpPorts(under: conditions)
      case .path: try stage.playPath()
      case .fastOpen: try stage.playFastOpen(under: conditions)
      case .synNumbers: try stage.playSynNumbers(under: conditions)
      case .zeroWindow: try stage.playZeroWindow()
      case .congestion: try stage.playCongestion(under: conditions)
      case .segmentsOfCalls: try stage.playSegmentsOfCalls()
      case .handshakeOptions: try stage.playHandshakeOptions(under: conditions)
      case .congestionNotification: try stage.playCongestionNotification(under: conditions)
      case .answers: try stage.playAnswers(under: conditions)
      case .crossedSyns: try stage.playCrossedSyns()
      case .challengeLimits: try stage.playChallengeLimits(under: conditions)
      case .windowEdge: try stage.playWindowEdge(under: conditions)
      case .partialRead: try stage.playPartialRead()
      case .initialWindow: try stage.playInitialWindow(under: conditions)
      case .recovery: try stage.playRecovery(under: conditions)
      case .programsView: try stage.playProgramsView()
      case .tracepoints: stage.playTracepoints()
      case .synRetries: try stage.playSynRetries(under: conditions)
      case .synAckRetries: try stage.playSynAckRetries(under: conditions)
      case .deferAccept: try stage.playDeferAccept(under: conditions)
      case .retransmissions: try stage.playRetransmissions(under: conditions)
      case .retransmissionCap: try stage.playRetransmissionCap(under: conditions)
      case .lossProbe: try stage.playLossProbe(under: conditions)
      case .delayedAck: try stage.playDelayedAck(under: conditions)
      case .windowProbes: try stage.playWindowProbes(under: conditions)
      case .keepalive: try stage.playKeepalive(under: conditions)
      case .orphanRetries: try stage.playOrphanRetries(under: conditions)
      case .orphanTimer: try stage.playOrphanTimer(under: conditions)
      case .readiness: try stage.playReadiness(under: conditions)
      case .calls: try stage.playCalls(under: conditions)
      case .shutdown: try stage.playShutdown(under: conditions)
      case .waitingCalls: try stage.playWaitingCalls(under: conditions)
      case .bindConflicts: try stage.playBindConflicts(under: conditions)
      case .bindAddresses: try stage.playBindAddresses(under: conditions)
      case .acceptQueue: try stage.playAcceptQueue(under: conditions)
      case .synCookies: try stage.playSynCookies(under: conditions)
      case .halfOpen: try stage.playHalfOpen()
      case .icmpErrors: try stage.playICMPErrors(under: conditions)
      case .portChoice: try stage.playPortChoice()
      case .userTimeout: try stage.playUserTimeout()
      case .cookieOptions: try stage.playCookieOptions(under: conditions)
      case .smallMTU: try stage.playSmallMTU()
      }
    } names: {
      (Both(left: "client", right: "server"), .left)
    }
    // So many connections cannot be watched one by one.
    if id == .crowd || id == .usedUpPorts { trace.observers = [] }
    return trace
  }
}

extension Stage {
  /// Leaves a figure, named as facts tables name it.
  ///
  /// - Parameter within: where the next one may lie.
  func measure(_ name: String, _ value: String, within: String? = nil, _ source: String, proof: [Int?]) {
    let events = proof.compactMap { $0 }
    recorder.record(
      .measurement(
        figure: Measurement(name: name, value: value, within: within, source: source, events: events)))
  }

  /// Leaves word that a figure could not be taken.
  func cannotMeasure(_ name: String, because reason: String) {
    recorder.record(.measurement(figure: Measurement(name: name, value: "", source: "", undecided: reason)))
  }
}

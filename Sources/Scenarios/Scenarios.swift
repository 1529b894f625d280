import Benches
import Documents
package import Traces

/// All scenarios there are, in the order in which a record has them.
package enum Scenarios {
  package static let all: [Scenario] = [
    .opening,
    .close,
    .halfClose,
    .closedPort,
    .sendingAhead,
    .cork,
    .writeFlags,
    .waysToRead,
    .urgentData,
    .arrivingData,
    .arrivingConnections,
    .roomToWrite,
    .badPath,
    .resend,
    .idle,
    .overtakingFin,
    .lostLastAck,
    .closeWait,
    .dataAfterClose,
    .lingeringClose,
    .reset,
    .closeAndUnread,
    .timeWait,
    .timeWaitTimer,
    .bindInTimeWait,
    .connectInTimeWait,
    .samePortInTimeWait,
    .segmentsInTimeWait,
    .orphanMinisocket,
    .assassination,
    .crowd,
    .usedUpPorts,
    .path,
    .fastOpen,
    .fastOpenServer,
    .fastOpenRecovery,
    .fastOpenTimeouts,
    .fastOpenUndo,
    .signedSegments,
    .savedSyn,
    .synNumbers,
    .noRoute,
    .zeroWindow,
    .fullReceiver,
    .unreadWindow,
    .withdrawnWindow,
    .pastUserTimeout,
    .congestion,
    .slowStart,
    .deliveryRate,
    .keptMetrics,
    .segmentsOfCalls,
    .handshakeOptions,
    .timestampUnits,
    .congestionNotification,
    .congestionEcho,
    .flowLabels,
    .pathMTUProbing,
    .edges,
    .answers,
    .crossedSyns,
    .challengeLimits,
    .windowEdge,
    .damagedSegments,
    .partialRead,
    .initialWindow,
    .recovery,
    .reordering,
    .undo,
    .undoneRecovery,
    .severalLosses,
    .reneging,
    .recoveryWithoutSack,
    .probesAndTimeouts,
    .outOfOrder,
    .duplicateBlocks,
    .windowAfterWrap,
    .programsView,
    .manySockets,
    .mappedReading,
    .fullBuckets,
    .socketCounts,
    .socketRows,
    .timerColumns,
    .tracepoints,
    .synRetries,
    .synAckRetries,
    .deferAccept,
    .retransmissions,
    .retransmissionCap,
    .retransmissionClock,
    .thinStream,
    .lossProbe,
    .armedByAck,
    .delayedAck,
    .ackPolicy,
    .quickAcks,
    .windowProbes,
    .keepalive,
    .orphanRetries,
    .orphanTimer,
    .orphanProbes,
    .readiness,
    .calls,
    .queueCounts,
    .optionTable,
    .shutdown,
    .waitingCalls,
    .bindConflicts,
    .bindAddresses,
    .boundToAny,
    .acceptQueue,
    .closingListener,
    .synCookies,
    .halfOpen,
    .movedConnection,
    .icmpErrors,
    .portChoice,
    .userTimeout,
    .userTimeoutStates,
    .cookieOptions,
    .smallMTU,
  ]

  /// The declarations of all of them, for those who judge and compare.
  package static let catalogue = Catalogue(all.map(\.declaration), settings: knownSettings)

  /// The scenario of this name, or nil.
  package static func named(_ name: ScenarioName) -> Scenario? { byName[name] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Connection {
  /// Records the value of a figure.
  ///
  /// - Parameter within: where the next one may lie; nil where it is to be the same.
  func measure(_ figure: Figure, _ value: Value, within: Value? = nil, _ source: String, proof: [Int?]) {
    assert(within.map { Value(reading: $0.description) == $0 } ?? true)
    assert(Value(reading: value.description) == value, "\(value) is not what its text is read as")
    log.record(
      .measurement(
        figure: Measurement(
          figure.name, .measured(value, within: within), source: source, events: proof.compactMap { $0 })))
  }

  /// Records the reason why there is no value of a figure.
  func cannotMeasure(_ figure: Figure, because reason: Reason) {
    log.record(.measurement(figure: Measurement(figure.name, .undecided(reason))))
  }
}

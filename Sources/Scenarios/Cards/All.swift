import Benches
import Traces

extension Scenario {
  /// A connection is opened, and the end that accepted it writes first.
  package static let opening = Scenario("opening", .opening) { try $0.playOpening(under: $1) }
  /// A connection is opened and closed by both ends.
  package static let close = Scenario("close", .close) { try $0.playClose(under: $1) }
  /// One end is done sending, the other goes on.
  package static let halfClose = Scenario("half-close", .halfClose) { try $0.playHalfClose(under: $1) }
  /// Nobody listens.
  package static let closedPort = Scenario("closed port", .closedPort) { stage, _ in
    try stage.playClosedPort()
  }
  /// One end has much to send and gets no ACK.
  package static let sendingAhead = Scenario("sending ahead", .sendingAhead) {
    try $0.playSendingAhead(under: $1)
  }
  /// A segment is lost, doubled or overtaken.
  package static let badPath = Scenario("bad path", .badPath) { try $0.playBadPath(under: $1) }
  /// A segment is lost, and the kernel's counters tell what sent it again.
  package static let resend = Scenario("resend", .resend) { try $0.playResend(under: $1) }
  /// Nobody says anything.
  package static let idle = Scenario("idle", .idle) { try $0.playIdle(under: $1) }
  /// A FIN overtakes the data before it.
  package static let overtakingFin = Scenario("overtaking FIN", .overtakingFin) { stage, _ in
    try stage.playOvertakingFin()
  }
  /// The last ACK of a close is lost.
  package static let lostLastAck = Scenario("lost last ACK", .lostLastAck) {
    try $0.playLostLastAck(under: $1)
  }
  /// One end closes, the other never does.
  package static let closeWait = Scenario("close-wait", .closeWait) { try $0.playCloseWait(under: $1) }
  /// A connection ends with RST.
  package static let reset = Scenario("reset", .reset) { try $0.playReset(under: $1) }
  /// TIME_WAIT is waited for until it is over.
  package static let timeWait = Scenario("TIME_WAIT", .timeWait) { stage, _ in try stage.playTimeWait() }
  /// The timer that TIME_WAIT begins with.
  package static let timeWaitTimer = Scenario("the timer of TIME_WAIT", .timeWaitTimer) {
    try $0.playTimeWaitTimer(under: $1)
  }
  /// A server whose port is in TIME_WAIT starts again.
  package static let bindInTimeWait = Scenario("restart in TIME_WAIT", .bindInTimeWait) {
    try $0.playBindInTimeWait(under: $1)
  }
  /// A client whose port is in TIME_WAIT connects again, and the kernel is to choose the port.
  package static let connectInTimeWait = Scenario("connect in TIME_WAIT", .connectInTimeWait) {
    try $0.playConnectInTimeWait(under: $1)
  }
  /// A client connects again from the port that it had.
  package static let samePortInTimeWait = Scenario("the same port in TIME_WAIT", .samePortInTimeWait) {
    try $0.playSamePortInTimeWait(under: $1)
  }
  /// Segments arrive for a connection that is in TIME_WAIT.
  package static let segmentsInTimeWait = Scenario("segments in TIME_WAIT", .segmentsInTimeWait) {
    try $0.playSegmentsInTimeWait(under: $1)
  }
  /// An old duplicate, the ACK of it, and the RST that answers the ACK.
  package static let assassination = Scenario("assassination of TIME_WAIT", .assassination) {
    try $0.playAssassination(under: $1)
  }
  /// As many connections in TIME_WAIT as one wants.
  package static let crowd = Scenario("a crowd in TIME_WAIT", .crowd) { try $0.playCrowd(under: $1) }
  /// All ports to one destination are in TIME_WAIT.
  package static let usedUpPorts = Scenario("ports used up by TIME_WAIT", .usedUpPorts) {
    try $0.playUsedUpPorts(under: $1)
  }
  /// What the kernel tells of the way that segments take.
  package static let path = Scenario("path", .path) { stage, _ in try stage.playPath() }
  /// The end that connects writes at once.
  package static let fastOpen = Scenario("fast open", .fastOpen) { try $0.playFastOpen(under: $1) }
  /// Connections are asked for, again and again.
  package static let synNumbers = Scenario("SYN numbers", .synNumbers) { try $0.playSynNumbers(under: $1) }
  /// One end does not read, and the other has more for it than it has room for.
  package static let zeroWindow = Scenario("zero window", .zeroWindow) { stage, _ in
    try stage.playZeroWindow()
  }
  /// Data in flight grows with ACKs, then a segment is lost.
  package static let congestion = Scenario("congestion", .congestion) { try $0.playCongestion(under: $1) }
  /// What leaves before a call returns.
  package static let segmentsOfCalls = Scenario("segments of calls", .segmentsOfCalls) { stage, _ in
    try stage.playSegmentsOfCalls()
  }
  /// What the first segments of a connection carry beside numbers.
  package static let handshakeOptions = Scenario("options of a handshake", .handshakeOptions) {
    try $0.playHandshakeOptions(under: $1)
  }
  /// What a handshake agrees on about marks of congestion.
  package static let congestionNotification = Scenario("ECN", .congestionNotification) {
    try $0.playCongestionNotification(under: $1)
  }
  /// Segments arrive that do not belong where they arrive.
  package static let answers = Scenario("answers to strange segments", .answers) {
    try $0.playAnswers(under: $1)
  }
  /// Both ends connect to each other at once.
  package static let crossedSyns = Scenario("crossed SYNs", .crossedSyns) { stage, _ in
    try stage.playCrossedSyns()
  }
  /// Many segments arrive that do not belong there.
  package static let challengeLimits = Scenario("limits of challenge ACKs", .challengeLimits) {
    try $0.playChallengeLimits(under: $1)
  }
  /// Data arrives that reaches beyond the window.
  package static let windowEdge = Scenario("the window's edge", .windowEdge) {
    try $0.playWindowEdge(under: $1)
  }
  /// A program closes before it has read to the end.
  package static let partialRead = Scenario("partial read", .partialRead) { stage, _ in
    try stage.playPartialRead()
  }
  /// As much is written as there is, and no ACK comes.
  package static let initialWindow = Scenario("initial window", .initialWindow) {
    try $0.playInitialWindow(under: $1)
  }
  /// Segments are lost, and those behind them arrive.
  package static let recovery = Scenario("recovery", .recovery) { try $0.playRecovery(under: $1) }
  /// Programs read what the kernel tells of a connection.
  package static let programsView = Scenario("what programs read", .programsView) { stage, _ in
    try stage.playProgramsView()
  }
  /// The tracepoints that there are.
  package static let tracepoints = Scenario("tracepoints", .tracepoints) { stage, _ in stage.playTracepoints()
  }
  /// Nobody answers a SYN.
  package static let synRetries = Scenario("SYN retries", .synRetries) { try $0.playSynRetries(under: $1) }
  /// Nobody confirms a SYN+ACK.
  package static let synAckRetries = Scenario("SYN+ACK retries", .synAckRetries) {
    try $0.playSynAckRetries(under: $1)
  }
  /// A listener waits for data before it accepts.
  package static let deferAccept = Scenario("deferred accept", .deferAccept) {
    try $0.playDeferAccept(under: $1)
  }
  /// Nobody acknowledges data.
  package static let retransmissions = Scenario("retransmissions", .retransmissions) {
    try $0.playRetransmissions(under: $1)
  }
  /// A round trip seems to take minutes.
  package static let retransmissionCap = Scenario("longest retransmission timeout", .retransmissionCap) {
    try $0.playRetransmissionCap(under: $1)
  }
  /// Two segments are under way.
  package static let lossProbe = Scenario("loss probe", .lossProbe) { try $0.playLossProbe(under: $1) }
  /// Segments come one by one.
  package static let delayedAck = Scenario("delayed ACK", .delayedAck) { try $0.playDelayedAck(under: $1) }
  /// A window is 0 and stays it.
  package static let windowProbes = Scenario("window probes", .windowProbes) {
    try $0.playWindowProbes(under: $1)
  }
  /// An idle connection whose other end is gone.
  package static let keepalive = Scenario("keepalive", .keepalive) { try $0.playKeepalive(under: $1) }
  /// Nobody acknowledges the FIN of a socket that no program has any more.
  package static let orphanRetries = Scenario("orphan retries", .orphanRetries) {
    try $0.playOrphanRetries(under: $1)
  }
  /// A socket that no program has any more waits for the other end's FIN.
  package static let orphanTimer = Scenario("the timer of an orphan", .orphanTimer) {
    try $0.playOrphanTimer(under: $1)
  }
  /// What poll() and epoll report.
  package static let readiness = Scenario("poll and epoll", .readiness) { try $0.playReadiness(under: $1) }
  /// What each call returns.
  package static let calls = Scenario("calls on a socket", .calls) { try $0.playCalls(under: $1) }
  /// What ends a connection, or a half of it.
  package static let shutdown = Scenario("shutdown", .shutdown) { try $0.playShutdown(under: $1) }
  /// One thread waits in a call, another ends the socket.
  package static let waitingCalls = Scenario("waiting calls", .waitingCalls) {
    try $0.playWaitingCalls(under: $1)
  }
  /// Two sockets want one endpoint.
  package static let bindConflicts = Scenario("bind conflicts", .bindConflicts) {
    try $0.playBindConflicts(under: $1)
  }
  /// Two sockets want one port, at addresses that may be different.
  package static let bindAddresses = Scenario("addresses of listeners", .bindAddresses) {
    try $0.playBindAddresses(under: $1)
  }
  /// Nobody calls accept().
  package static let acceptQueue = Scenario("accept queue", .acceptQueue) {
    try $0.playAcceptQueue(under: $1)
  }
  /// SYNs that nobody follows up.
  package static let synCookies = Scenario("SYN cookies", .synCookies) { try $0.playSynCookies(under: $1) }
  /// One end is gone without a word.
  package static let halfOpen = Scenario("half-open", .halfOpen) { stage, _ in try stage.playHalfOpen() }
  /// A router complains.
  package static let icmpErrors = Scenario("ICMP errors", .icmpErrors) { try $0.playICMPErrors(under: $1) }
  /// The kernel chooses ports.
  package static let portChoice = Scenario("choice of ports", .portChoice) { stage, _ in
    try stage.playPortChoice()
  }
  /// TCP_USER_TIMEOUT beside what else would end a connection.
  package static let userTimeout = Scenario("user timeout", .userTimeout) { stage, _ in
    try stage.playUserTimeout()
  }
  /// A server keeps nothing of a SYN.
  package static let cookieOptions = Scenario("options under SYN cookies", .cookieOptions) {
    try $0.playCookieOptions(under: $1)
  }
  /// Packets must be small.
  package static let smallMTU = Scenario("small MTU", .smallMTU) { stage, _ in try stage.playSmallMTU() }
}

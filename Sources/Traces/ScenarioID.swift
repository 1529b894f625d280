/// What no ladder can say is played by a scenario.
package enum ScenarioID: String, Codable, CaseIterable, Sendable {
  /// A connection is opened, and the end that accepted it writes first.
  case opening
  /// A connection is opened and closed by both ends.
  case close
  /// One end is done sending, the other goes on.
  case halfClose = "half-close"
  /// Nobody listens.
  case closedPort = "closed port"
  /// One end has much to send and gets no ACK.
  case sendingAhead = "sending ahead"
  /// A segment is lost, doubled or overtaken.
  case badPath = "bad path"
  /// A segment is lost, and the kernel's counters tell what sent it again.
  case resend
  /// Nobody says anything.
  case idle
  /// A FIN overtakes the data before it.
  case overtakingFin = "overtaking FIN"
  /// The last ACK of a close is lost.
  case lostLastAck = "lost last ACK"
  /// One end closes, the other never does.
  case closeWait = "close-wait"
  /// A connection ends with RST.
  case reset
  /// TIME_WAIT is waited for until it is over.
  case timeWait = "TIME_WAIT"
  /// The timer that TIME_WAIT begins with.
  case timeWaitTimer = "the timer of TIME_WAIT"
  /// A server whose port is in TIME_WAIT starts again.
  case bindInTimeWait = "restart in TIME_WAIT"
  /// A client whose port is in TIME_WAIT connects again, and the kernel is to choose the port.
  case connectInTimeWait = "connect in TIME_WAIT"
  /// A client connects again from the port that it had.
  case samePortInTimeWait = "the same port in TIME_WAIT"
  /// Segments arrive for a connection that is in TIME_WAIT.
  case segmentsInTimeWait = "segments in TIME_WAIT"
  /// An old duplicate, the ACK of it, and the RST that answers the ACK.
  case assassination = "assassination of TIME_WAIT"
  /// As many connections in TIME_WAIT as one wants.
  case crowd = "a crowd in TIME_WAIT"
  /// All ports to one destination are in TIME_WAIT.
  case usedUpPorts = "ports used up by TIME_WAIT"
  /// What the kernel tells of the way that segments take.
  case path
  /// The end that connects writes at once.
  case fastOpen = "fast open"
  /// Connections are asked for, again and again.
  case synNumbers = "SYN numbers"
  /// One end does not read, and the other has more for it than it has room for.
  case zeroWindow = "zero window"
  /// Data in flight grows with ACKs, then a segment is lost.
  case congestion
  /// What leaves before a call returns.
  case segmentsOfCalls = "segments of calls"
  /// What the first segments of a connection carry beside numbers.
  case handshakeOptions = "options of a handshake"
  /// What a handshake agrees on about marks of congestion.
  case congestionNotification = "ECN"
  /// Segments arrive that do not belong where they arrive.
  case answers = "answers to strange segments"
  /// Both ends connect to each other at once.
  case crossedSyns = "crossed SYNs"
  /// Many segments arrive that do not belong there.
  case challengeLimits = "limits of challenge ACKs"
  /// Data arrives that reaches beyond the window.
  case windowEdge = "the window's edge"
  /// A program closes before it has read to the end.
  case partialRead = "partial read"
  /// As much is written as there is, and no ACK comes.
  case initialWindow = "initial window"
  /// Segments are lost, and those behind them arrive.
  case recovery
  /// Programs read what the kernel tells of a connection.
  case programsView = "what programs read"
  /// The tracepoints that there are.
  case tracepoints
  /// Nobody answers a SYN.
  case synRetries = "SYN retries"
  /// Nobody confirms a SYN+ACK.
  case synAckRetries = "SYN+ACK retries"
  /// A listener waits for data before it accepts.
  case deferAccept = "deferred accept"
  /// Nobody acknowledges data.
  case retransmissions
  /// A round trip seems to take minutes.
  case retransmissionCap = "longest retransmission timeout"
  /// Two segments are under way.
  case lossProbe = "loss probe"
  /// Segments come one by one.
  case delayedAck = "delayed ACK"
  /// A window is 0 and stays it.
  case windowProbes = "window probes"
  /// An idle connection whose other end is gone.
  case keepalive
  /// Nobody acknowledges the FIN of a socket that no program has any more.
  case orphanRetries = "orphan retries"
  /// A socket that no program has any more waits for the other end's FIN.
  case orphanTimer = "the timer of an orphan"
  // What a program sees of a socket.
  /// What poll() and epoll report.
  case readiness = "poll and epoll"
  /// What each call returns.
  case calls = "calls on a socket"
  /// What ends a connection, or a half of it.
  case shutdown
  /// One thread waits in a call, another ends the socket.
  case waitingCalls = "waiting calls"
  /// Two sockets want one endpoint.
  case bindConflicts = "bind conflicts"
  /// Two sockets want one port, at addresses that may be different.
  case bindAddresses = "addresses of listeners"
  /// Nobody calls accept().
  case acceptQueue = "accept queue"
  /// SYNs that nobody follows up.
  case synCookies = "SYN cookies"
  /// One end is gone without a word.
  case halfOpen = "half-open"
  /// A router complains.
  case icmpErrors = "ICMP errors"
  /// The kernel chooses ports.
  case portChoice = "choice of ports"
  /// TCP_USER_TIMEOUT beside what else would end a connection.
  case userTimeout = "user timeout"
  /// A server keeps nothing of a SYN.
  case cookieOptions = "options under SYN cookies"
  /// Packets must be small.
  case smallMTU = "small MTU"
}

import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct CensusTests {
  private static let server = Address(192, 0, 2, 1)

  private func survey(range: String = "32768 60999", reserved: String = "") -> Survey {
    var settings = CensusSettings()
    settings.ports = EphemeralPorts(range: range, reserved: reserved)
    return Survey(source: .diagnosis, namespace: nil, settings: settings)
  }

  private func socket(
    _ state: State, from local: UInt16, to remote: Endpoint = Endpoint(server, 443), inode: UInt64 = 0,
    timer: KernelTimer? = nil, unread: Int = 0, silence: Int? = nil, user: UInt32 = 0
  ) -> FoundSocket {
    let tuple = FourTuple(local: Endpoint(Address(192, 0, 2, 7), local), remote: remote)
    let record = SocketRecord(tuple: tuple, state: state, timer: timer, receiveQueue: unread, inode: inode)
    return FoundSocket(record: record, user: user, silence: silence)
  }

  @Test func thePortsAreThoseOfTheRangeThatAreNotReserved() throws {
    #expect(EphemeralPorts(range: "32768\t60999", reserved: "\n")?.count == 28_232)
    let some = try #require(EphemeralPorts(range: "100 109", reserved: "80,105-107,109-200,x,9-"))
    #expect(some.count == 6)
    #expect(
      [UInt16(99), 100, 104, 105, 107, 108, 109].map(some.contains) == [
        false, true, true, false, false, true, false,
      ])
    for wrong in ["", "5", "9 5", "a b", "1 2 3", "1 65536"] {
      #expect(EphemeralPorts(range: wrong, reserved: "") == nil)
    }
  }

  @Test func socketsAreGroupedByStateOwnerAndPeerTheLargestFirst() throws {
    var survey = survey()
    survey.sockets = [
      socket(.closeWait, from: 40_001, inode: 1, unread: 1, silence: 500),
      socket(.closeWait, from: 40_002, inode: 2, silence: 9_000),
      socket(.closeWait, from: 40_003, inode: 3, unread: 101),
      socket(.closeWait, from: 40_004, to: Endpoint(Self.server, 80)),
      socket(.finWait2, from: 40_005), socket(.timeWait, from: 40_006),
    ]
    for (inode, process, descriptor) in [(1, 10, 7), (2, 10, 5), (3, 11, 5)] {
      survey.holders[UInt64(inode)] = [SocketHolder(process: process, name: "leak", descriptor: descriptor)]
    }
    let census = Census(survey)
    #expect(census.count == 6)
    #expect(census.states.map(\.state) == [.closeWait, .finWait2, .timeWait])
    let waiting = try #require(census.states.first)
    #expect(
      waiting.owners.map(\.key) == [
        .processes([HoldingProcess(number: 10, name: "leak")]),
        .processes([HoldingProcess(number: 11, name: "leak")]),
        .notAccepted(Endpoint(Address(192, 0, 2, 7), 40_004)),
      ])
    #expect(waiting.owners.map(\.tally.count) == [2, 1, 1])
    #expect(waiting.owners.map(\.descriptors) == [[10: [5, 7]], [11: [5]], [:]])
    #expect(
      waiting.peers.map(\.key) == [.service(Endpoint(Self.server, 443)), .service(Endpoint(Self.server, 80))])
    #expect(waiting.tally.silence == 9_000)
    #expect(waiting.tally.unread == 102 && waiting.tally.unreadSockets == 2)
    #expect(census.states.dropFirst().flatMap(\.owners).map(\.key) == [.orphan, .kernel])
    #expect(Census(survey, states: [.timeWait]).states.map(\.state) == [.timeWait])
  }

  @Test func whoMayNotBeSeenIsToldFromWhoIsNotThere() {
    var survey = survey()
    survey.sockets = [socket(.synSent, from: 40_001, inode: 1, user: 33)]
    #expect(Census(survey).states.first?.owners.map(\.key) == [.unknown(user: 33)])
    #expect(Census(survey).hidden == 0)
    survey.unreadable = 2
    #expect(Census(survey).states.first?.owners.map(\.key) == [.hidden(user: 33)])
    #expect(Census(survey).hidden == 1)
  }

  @Test func aTallyHoldsTheFirstAndTheLastTimerOfEachKind() {
    var tally = Tally()
    for (kind, milliseconds, retries) in [
      (KernelTimer.Kind.retransmission, 200, 1), (.keepalive, 5_000, 0), (.retransmission, 90, 4),
    ] {
      let timer = KernelTimer(kind: kind, milliseconds: milliseconds, retries: retries)
      tally.add(socket(.finWait1, from: 1, timer: timer))
    }
    tally.add(socket(.finWait1, from: 2))
    #expect(tally.timers.map(\.soonest) == [90, 5_000])
    #expect(tally.timers.map(\.latest) == [200, 5_000])
    #expect(tally.untimed == 1 && tally.retries == 4)
  }

  @Test func aClientsPortDoesNotDivideItsConnections() {
    var survey = survey()
    survey.listeners = [socket(.listen, from: 50_000, to: Endpoint(Address(0, 0, 0, 0), 0))]
    survey.sockets = [50_000, 50_000, 80].enumerated().map { index, port in
      socket(.timeWait, from: port, to: Endpoint(Self.server, 40_000 + UInt16(index)))
    }
    let peers = Census(survey).states.first?.peers.map(\.key)
    // Nobody listens on 80 any more, but the kernel would not have chosen it.
    #expect(peers == [.client(Self.server, ofPort: 50_000), .client(Self.server, ofPort: 80)])
    #expect(Census(survey).ports.isEmpty)
  }

  @Test func portsAreCountedForEachSourceAndDestination() {
    var survey = survey(range: "40000 40009", reserved: "40009")
    survey.sockets = [
      socket(.timeWait, from: 40_000), socket(.timeWait, from: 40_001), socket(.synSent, from: 40_002),
      socket(.timeWait, from: 40_000, to: Endpoint(Self.server, 80)),
      // Named by a program, so not from the range.
      socket(.timeWait, from: 40_009), socket(.timeWait, from: 1000),
    ]
    survey.connections = [socket(.established, from: 40_003)]
    let ports = Census(survey, states: [.closeWait]).ports
    #expect(ports.map(\.destination.port) == [443, 80])
    #expect(ports.map(\.used) == [4, 1] && ports.map(\.left) == [5, 8])
    #expect(ports.first?.timeWait == 2 && ports.first?.established == 1 && ports.first?.others == 1)
  }

  @Test func growthIsSinceTheLastLookAndSinceTheStart() throws {
    func census(_ counts: [State: Int]) -> Census {
      var survey = survey()
      for (state, count) in counts {
        survey.sockets += (0..<count).map { socket(state, from: 40_000 + UInt16($0)) }
      }
      return Census(survey)
    }
    let growth = Growth(
      now: census([.closeWait: 9, .synSent: 1]), last: census([.closeWait: 4]),
      first: census([.closeWait: 2, .timeWait: 3]))
    let states = growth.rows.filter { if case .state = $0.subject { true } else { false } }
    #expect(states.map(\.subject) == [.state(.closeWait), .state(.synSent), .state(.timeWait)])
    #expect(states.map(\.count) == [9, 1, 0])
    #expect(states.map(\.sinceLast) == [5, 1, 0])
    #expect(states.map(\.sinceStart) == [7, 1, -3])
    let last = Owner.notAccepted(Endpoint(Address(192, 0, 2, 7), 40_008))
    #expect(growth.rows.contains { $0.subject == .owner(.closeWait, last) && $0.sinceStart == 1 })
  }

  /// 786 clients of a server that is gone are not 786 services.
  @Test func theEndThatManyConnectionsShareIsTheServiceThoughNobodyListens() {
    var survey = survey()
    survey.sockets = (0..<786).map {
      socket(.timeWait, from: 50_000, to: Endpoint(Self.server, 40_000 + UInt16($0)))
    }
    #expect(
      Census(survey).states.first?.peers.map(\.key) == [.client(Self.server, ofPort: 50_000)])
    survey.sockets = (0..<786).map {
      socket(.timeWait, from: 40_000 + UInt16($0), to: Endpoint(Self.server, 50_000))
    }
    #expect(
      Census(survey).states.first?.peers.map(\.key) == [.service(Endpoint(Self.server, 50_000))])
    // One connection alone does not tell; a SYN does.
    survey.sockets = [socket(.timeWait, from: 40_000, to: Endpoint(Self.server, 50_000))]
    #expect(Census(survey).states.first?.peers.map(\.key) == [.either(Self.server)])
    survey.sockets = [socket(.synSent, from: 40_000, to: Endpoint(Self.server, 50_000))]
    #expect(
      Census(survey).states.first?.peers.map(\.key) == [.service(Endpoint(Self.server, 50_000))])
  }

  @Test func anIPv4PeerOfAnIPv6SocketIsShownAsSuch() {
    var survey = survey()
    survey.sockets = [socket(.closeWait, from: 40_000, inode: 1)]
    survey.sockets[0].isMapped = true
    guard case .service(let peer) = Census(survey).states.first?.peers.first?.key else {
      Issue.record("no peer")
      return
    }
    #expect("\(peer)" == "[::ffff:192.0.2.1]:443")
    // Its ports are those of IPv4.
    #expect(Census(survey).ports.first?.destination == Endpoint(Self.server, 443))
  }

  @Test func aFilterAdmitsProcessesAndPorts() {
    var survey = survey()
    survey.sockets = [
      socket(.closeWait, from: 40_001, inode: 1), socket(.closeWait, from: 40_002, inode: 2),
      socket(.timeWait, from: 40_003),
    ]
    survey.holders = [
      1: [SocketHolder(process: 10, name: "one", descriptor: 3)],
      2: [
        SocketHolder(process: 11, name: "two", descriptor: 3),
        SocketHolder(process: 12, name: "three", descriptor: 4),
      ],
    ]
    func count(_ change: (inout SocketFilter) -> Void) -> Int {
      var filter = SocketFilter()
      change(&filter)
      return Census(survey, filter: filter).count
    }
    #expect(count { _ in } == 3)
    #expect(count { $0.processes = [12] } == 1 && count { $0.names = ["two"] } == 1)
    #expect(count { $0.processes = [10, 12] } == 2 && count { $0.processes = [99] } == 0)
    #expect(count { $0.ports = [443] } == 3 && count { $0.ports = [40_002] } == 1)
    #expect(count { ($0.ports, $0.processes) = ([40_002], [10]) } == 0)
  }

  /// As measured on Linux 6.18: connect() to an address that does not answer, and an orphan with a closed window.
  @Test(arguments: [
    (6, 4, 10, 131_000), (1, 0, 1, 3_000), (1, 1, 2, 4_000), (1, 4, 2, 3_000), (2, 0, 2, 7_000),
    (2, 2, 4, 9_000),
  ])
  func theTimeUntilConnectFailsIsTheSumOfItsPauses(
    retries: Int, linear: Int, retransmissions: Int, milliseconds: Int
  ) {
    var settings = CensusSettings()
    settings.synRetries = retries
    settings.synLinearTimeouts = linear
    #expect(settings.connecting?.retransmissions == retransmissions)
    #expect(settings.connecting?.milliseconds == milliseconds)
  }

  private static let probing: [(limit: Int, retries: Int, rate: Int, end: CensusSettings.Probing)] = [
    (120_000, 0, 500, .init(probes: 10, milliseconds: 324_600, isUnanswered: false)),
    (4_000, 0, 500, .init(probes: 5, milliseconds: 10_200, isUnanswered: false)),
    // As seen on Linux 6.18 with a packet socket: gone after 2.6, 1.6, 2.6, 2.5 and 4.6 s.
    (1_000, 0, 500, .init(probes: 3, milliseconds: 2_400, isUnanswered: false)),
    (1_000, 1, 500, .init(probes: 2, milliseconds: 1_400, isUnanswered: true)),
    (1_000, 2, 500, .init(probes: 3, milliseconds: 2_400, isUnanswered: false)),
    (1_000, 3, 500, .init(probes: 3, milliseconds: 2_400, isUnanswered: false)),
    (1_000, 5, 500, .init(probes: 5, milliseconds: 4_400, isUnanswered: false)),
    // Without the limit every probe is answered.
    (1_000, 1, 0, .init(probes: 3, milliseconds: 2_400, isUnanswered: false)),
  ]

  @Test(arguments: probing.indices)
  func anOrphanWithAClosedWindowEndsByProbesWithoutAnswerOrByTheLongestPause(index: Int) {
    let (limit, retries, rate, end) = Self.probing[index]
    var settings = CensusSettings()
    settings.retransmissionLimit = limit
    settings.orphanRetries = retries
    settings.invalidRateLimit = rate
    #expect(settings.probedOrphan == end)
  }

  @Test func anOrphanWhosePauseStopsGrowingIsKeptWhileItsPeerAnswers() {
    var settings = CensusSettings()
    settings.retransmissionLimit = 1_000
    settings.orphanRetries = 0
    settings.retries = 2
    #expect(settings.probedOrphan == nil)
  }

  @Test func anOrphanIsGivenUpAfterItsRetransmissions() {
    var settings = CensusSettings()
    settings.orphanRetries = 0
    settings.retries = 15
    #expect(settings.orphanTime == 102_200 && settings.heldTime == 924_600)
  }
}

import Glibc
import Kinds
import Linux
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread, .enabled(if: namespacesWork, "no private namespaces can be made here"))
struct SurveyTests {
  private func crowd(_ family: Family) throws -> Crowd {
    let crowd = try Crowd(family)
    try crowd.letVisitorEnd()
    return crowd
  }

  @Test(arguments: families) func everyStateIsFoundWithItsTimersAndItsOwner(family: Family) throws {
    let crowd = try crowd(family)
    var survey = try crowd.survey()
    // A program that another test starts has copies of all descriptors until its execve().
    for _ in 0..<5 where survey.holders.values.contains(where: { $0.count > 1 }) {
      survey = try crowd.survey()
    }
    #expect(survey.source == .diagnosis)
    #expect(Crowd.counts(survey) == Crowd.expected)
    let census = Census(survey)
    func group(_ state: State) throws -> Census.StateGroup {
      try #require(census.states.first { $0.state == state })
    }
    let me = Int(getpid())
    for (state, processless) in [(State.timeWait, Owner.kernel), (.lastAck, .orphan)] {
      #expect(try group(state).owners.contains { $0.key == processless })
    }
    let queued = try group(.closeWait).owners.compactMap {
      if case .notAccepted(let listener) = $0.key { listener } else { nil }
    }
    // The connection that nobody has accepted is its listener's, and that is this process's.
    let listener = try #require(census.listeners.first { queued == [$0.endpoint] })
    #expect(listener.waiting == 1 && listener.limit == 1 && listener.notAccepted == 1)
    #expect(listener.owner.processes == [me])
    for state in [State.closeWait, .finWait1, .finWait2, .synSent] {
      let mine = try #require(
        try group(state).owners.first { $0.key.processes == [me] })
      // Each descriptor is one of a socket, and each socket has its own.
      #expect(Set(mine.descriptors[me] ?? []).count == mine.tally.count)
    }
    #expect(try group(.timeWait).tally.timers.map(\.kind) == [.timeWait])
    #expect(try group(.finWait1).tally.timers.map(\.kind) == [.retransmission])
    #expect(try group(.synSent).tally.timers.map(\.kind) == [.retransmission])
    #expect(try group(.closeWait).tally.untimed == 4)
    #expect(try group(.closeWait).tally.silence != nil)
    #expect(try group(.closeWait).tally.unreadSockets == 4)
    #expect(survey.namespace?.isInitial != true)
  }

  /// What /proc/net/tcp can tell, it tells as sock_diag does.
  @Test(arguments: families) func withoutSockDiagTheTableTellsTheSame(family: Family) throws {
    let crowd = try crowd(family)
    let diagnosis = try crowd.survey()
    let table = try crowd.survey(obstacle: "a test")
    #expect(table.source == .table(because: "a test"))
    #expect(Crowd.counts(table) == Crowd.expected)
    func known(_ survey: Survey) -> Set<[String]> {
      Set(
        survey.sockets.map {
          ["\($0.record.tuple)", $0.record.state.rawValue, "\($0.record.inode)", "\($0.user)"]
        })
    }
    #expect(known(table) == known(diagnosis))
    func places(_ sockets: [FoundSocket]) -> Set<FourTuple> { Set(sockets.map(\.record.tuple)) }
    #expect(places(table.listeners) == places(diagnosis.listeners) && !table.listeners.isEmpty)
    #expect(places(table.connections) == places(diagnosis.connections) && !table.connections.isEmpty)
  }

  @Test(.enabled("there is no ss") { Program("ss") != nil }, arguments: families)
  func ssCountsTheSame(family: Family) throws {
    let crowd = try crowd(family)
    let survey = try crowd.survey()
    let ss = try #require(Program("ss"))
    let rows = try crowd.namespace.enter { try ss.run("-H", "-t", "-a", "-n") }.split(separator: "\n")
    let states = rows.compactMap { $0.split(separator: " ").first.flatMap { State(name: $0) } }
    for (state, count) in Crowd.counts(survey) { #expect(states.count { $0 == state } == count, "\(state)") }
  }

  @Test func theSettingsAreTheNamespaces() throws {
    let crowd = try Crowd(.ipv4)
    try crowd.namespace.enter {
      try Sysctl.write("net.ipv4.ip_local_port_range", "40000 40099")
      try Sysctl.write("net.ipv4.ip_local_reserved_ports", "40010-40019")
      try Sysctl.write("net.ipv4.tcp_fin_timeout", "7")
    }
    let settings = try crowd.namespace.enter { try Survey.take().settings }
    #expect(settings.ports?.count == 90 && settings.finTimeout == 7)
  }

  @Test(arguments: [
    ("22 1 0:5 / /proc rw,nosuid - proc proc rw\n", false),
    ("22 1 0:5 / /proc rw,nosuid shared:4 - proc proc rw,hidepid=invisible\n", true),
    ("22 1 0:5 / /proc rw - proc proc rw,gid=4,hidepid=2\n", true),
    ("22 1 0:5 / /proc rw - proc proc rw,hidepid=ptraceable\n", true),
    ("22 1 0:5 / /proc rw - proc proc rw,hidepid=noaccess\n", false),
    // Another proc, and one that lies over the first.
    ("22 1 0:5 / /jail/proc rw - proc proc rw,hidepid=2\n", false),
    ("22 1 0:5 / /proc rw - proc proc rw,hidepid=2\n23 22 0:6 / /proc rw - proc proc rw\n", false),
    ("", false),
  ])
  func hidepidIsReadFromTheMounts(mounts: String, hides: Bool) {
    #expect(SocketHolders.hidesProcesses(mounts) == hides)
  }

  @Test func mountedNamespacesAreFound() {
    let mounts = """
      56 29 0:4 net:[4026532345] /run/netns/blue rw shared:1 - nsfs nsfs rw
      57 29 0:4 mnt:[4026532346] /run/other rw - nsfs nsfs rw
      22 1 0:5 / /proc rw - proc proc rw

      """
    #expect(NamespaceSearch.mounted(mounts) == ["net:[4026532345]": "/run/netns/blue"])
  }

  /// Numbers are tried one after the other only as far as that is quicker: behind a gap they are listed.
  @Test func descriptorsBehindAGapAreFound() throws {
    let socket = try Socket.tcp(.ipv4)
    var copies: [CInt] = []
    defer { for copy in copies { close(copy) } }
    for least in Array(repeating: CInt(0), count: 100) + [700, 1000] {
      let copy = fcntl(socket.rawValue, F_DUPFD_CLOEXEC, least)
      try #require(copy >= least)
      copies.append(copy)
    }
    var status = stat()
    let outcome = unsafe fstat(socket.rawValue, &status)
    try #require(outcome == 0)
    let inode = UInt64(status.st_ino)
    let holders = try #require(SocketHolders(of: [inode]).found[inode])
    let numbers = holders.filter { $0.process == Int(getpid()) }.map(\.descriptor)
    #expect(numbers.sorted() == ([socket.rawValue] + copies).map(Int.init).sorted())
  }

  @Test func aSocketOfNobodyIsLookedForAndNotFound() {
    let holders = SocketHolders(of: [UInt64(UInt32.max)])
    #expect(holders.found.isEmpty)
    #expect(SocketHolders(of: []).unreadable == 0)
  }
}

extension Owner {
  /// The numbers of the processes that have it.
  fileprivate var processes: [Int] {
    if case .processes(let processes) = self { processes.map(\.number) } else { [] }
  }
}

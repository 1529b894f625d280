import Foundation
import Linux
import TCP
import Testing

extension CommandTests {
  @Suite(.enabled(if: Leak.canBeMade, "no namespace can be made and entered here"))
  struct WhoTests {
    private let folder: Folder
    private let leak: Leak
    init() throws {
      folder = try Folder()
      leak = try Leak()
    }

    /// The command as somebody without privileges runs it; a format follows.
    private func whoOfNobody() throws -> [String] {
      let copy = folder.path + "/tcpprobe"
      try folder.copyProbe(to: copy)
      return Nobody.wrapper + [copy, "who", "--format"]
    }

    private func who(_ before: [String] = [], _ arguments: String...) throws -> Program.Finished {
      let probe = try Probe.program(["who"] + arguments).arguments
      return try Program(leak.wrapper + before + probe).run(in: folder)
    }

    @Test func theProcessThatLeaksIsNamedWithItsDescriptors() throws {
      let ended = try who([], "--format", "json", "--state", "close-wait")
      #expect(ended.status == 0 && ended.errors.isEmpty)
      let found = try WhoReport(ended.output)
      #expect(found.states.map(\.state) == ["CLOSE_WAIT"] && found.sockets == 3 && found.hidden == 0)
      let owner = try #require(found.states.first?.processes.first)
      #expect(owner.process == getpid() && owner.tally?.count == 3 && owner.descriptors?.isEmpty == false)
      let text = try who().output
      #expect(text.contains("[\(getpid())]") && text.contains("close()") && text.contains("FIN_WAIT_2  3"))
    }

    @Test(.enabled(if: getuid() == 0, "no privilege can be given up here"))
    func withoutPrivilegeItSaysWhatItMayNotSee() throws {
      let command = try leak.wrapper + whoOfNobody()
      let ended = try Program(command + ["json"]).run(in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty)
      let found = try WhoReport(ended.output)
      #expect(found.sockets == 6 && found.hidden == 6)
      #expect(found.states.flatMap(\.processes).allSatisfy { $0.owner == "hidden" && $0.user == 0 })
      let text = try Program(command + ["terminal"]).run(in: folder).output
      #expect(text.contains("6 sockets") && text.contains("sudo"))
    }

    @Test(.enabled(if: getuid() == 0, "no privilege can be given up here"))
    func aLimitIsNotDecidedWhereSocketsCannotBeSeen() throws {
      let command = try leak.wrapper + whoOfNobody() + ["json"]
      func status(_ arguments: String...) throws -> Int32? {
        try Program(command + arguments).run(in: folder).status
      }
      // What is counted can reach a limit, whatever could not be seen.
      #expect(try status("--fail-if", "CLOSE_WAIT=3") == 1)
      #expect(try status("--fail-if", "CLOSE_WAIT=4") == 0)
      #expect(try status("--fail-if", "CLOSE_WAIT=3", "--all-namespaces") == 1)
      #expect(try status("--fail-if", "CLOSE_WAIT=4", "--all-namespaces") == 2)
      #expect(try status("--fail-if", "CLOSE_WAIT=3", "--process", "nobody") == 2)
      #expect(try status("--all-namespaces") == 0)
    }

    /// A process may call itself anything, in 15 octets. One name after the other: this process has only one.
    @Test func aNameSteersNothingAndIsNoMarkup() throws {
      let own = try String(contentsOfFile: "/proc/self/comm", encoding: .utf8)
      defer { try? own.write(toFile: "/proc/self/comm", atomically: false, encoding: .utf8) }
      for name in ["\u{1B}[31m\u{9B}\u{202E}", "[x](u)<b>`*|_"] {
        try name.write(toFile: "/proc/self/comm", atomically: false, encoding: .utf8)
        for format in ["terminal", "markdown", "json"] {
          let text = try who([], "--format", format).output
          #expect(text.contains("\(getpid())"))
          #expect(
            text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F ~= $0.value)) })
          #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl })
          guard format == "markdown", name.hasPrefix("[") else { continue }
          #expect(text.contains("[x\\](u)\\<b>\\`\\*\\|\\_["), "\(text)")
        }
      }
    }

    @Test func everyLookSaysWhenWhereAndWhatEvenOfEmptyStates() throws {
      let found = try WhoReport(try who([], "--format", "json").output)
      #expect(found.kind == "who" && found.schema == 2 && found.host == ProcessInfo.processInfo.hostName)
      #expect(found.time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
      #expect(Set(found.states.map(\.state)) == Set(Census.allStates.map(\.rawValue)))
      #expect(found.count(of: .closeWait) == 3 && found.count(of: .synSent) == 0)
      let some = try WhoReport(try who([], "--format", "json", "--state", "LAST_ACK").output)
      #expect(some.states.map(\.state) == ["LAST_ACK"] && some.states.first?.tally.count == 0)
    }

    private static let limits: [([String], Int32)] = [
      (["CLOSE_WAIT=3"], 1), (["close-wait=4"], 0), (["CLOSE_WAIT=4", "FIN_WAIT_2=1"], 1),
      (["ESTABLISHED=1"], 0),
    ]

    @Test(arguments: limits)
    func theExitStatusSaysWhetherThereAreTooMany(limits: [String], status: Int32) throws {
      let options = limits.flatMap { ["--fail-if", $0] }
      let ended = try Program(leak.wrapper + Probe.program(["who"] + options).arguments).run(in: folder)
      #expect(ended.status == status && ended.output.contains("CLOSE_WAIT"))
      #expect(ended.errors.contains("--fail-if") == (status == 1))
    }

    @Test(.enabled("there is no sleep") { Program.exists("sleep") })
    func aProcessIsFoundByItsNameAmongAllHolders() throws {
      let scene = try Scene()
      let pairs = try (0..<2).map { _ in try scene.closeWait(try scene.listener()) }
      let holder = try scene.holder(of: pairs[0].server)
      defer { Scene.end(holder) }
      #expect(try scene.who("--process", "sleep").count(of: .closeWait) == 1)
      #expect(try scene.who().count(of: .closeWait) == 2)
    }

    @Test func onlyWhatWasAskedForIsCounted() throws {
      func count(_ arguments: [String]) throws -> Int? {
        let program = try Probe.program(["who", "--format", "json"] + arguments).arguments
        return try WhoReport(try Program(leak.wrapper + program).run(in: folder).output).count(of: .closeWait)
      }
      #expect(try count(["--pid", "\(getpid())"]) == 3 && count(["--pid", "1"]) == 0)
      #expect(try count(["--process", "nobody at all"]) == 0)
      #expect(try count(["--port", "\(leak.port)"]) == 3 && count(["--port", "1"]) == 0)
    }

    @Test(.enabled(if: getuid() == 0, "no other namespace can be entered here"))
    func otherNamespacesAreCountedAndShownWhereThatIsAskedFor() throws {
      // Somebody must be in it, or have mounted it, for it to be found.
      let resident = try Program(leak.wrapper + ["sleep", "300"]).start(in: folder)
      defer {
        kill(resident.id, SIGKILL)
        _ = resident.finish()
      }
      let name = try FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/fd/\(leak.namespace.descriptor.rawValue)")
      func here(_ arguments: String...) throws -> String {
        try Probe.program(["who"] + arguments).run(in: folder).output
      }
      var found = try WhoReport(try here("--format", "json", "--all-namespaces"))
      let limit = Date(timeIntervalSinceNow: 30)
      while found.namespaces?.contains(where: { $0.namespace == name }) != true, Date() < limit {
        usleep(20_000)
        found = try WhoReport(try here("--format", "json", "--all-namespaces"))
      }
      let other = try #require(found.namespaces?.first { $0.namespace == name })
      let group = try #require(other.states.first { $0.state == "CLOSE_WAIT" })
      #expect(group.tally.count == 3 && group.processes.first?.numbers.contains(getpid()) == true)
      #expect(try here("--all-namespaces").contains("Network namespace \(name)"))
      #expect(try WhoReport(try here("--format", "json")).otherNamespaces ?? 0 > 0)
      #expect(try here().contains("--all-namespaces"))
    }

    @Test(.enabled(if: getuid() == 0, "no other namespace can be entered here"))
    func aNamespaceThatOnlyADescriptorKeepsIsFoundAmongAll() throws {
      // No socket is in it.
      let empty = try Namespace.make()
      let name = try FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/fd/\(empty.descriptor.rawValue)")
      let program = try Probe.program(["who", "--format", "json", "--all-namespaces"])
      let found = try WhoReport(try program.run(in: folder).output)
      let other = try #require(found.namespaces?.first { $0.namespace == name })
      #expect(other.states.allSatisfy { $0.tally.count == 0 })
    }

    @Test(.enabled(if: getuid() == 0, "no other namespace can be entered here"))
    func aNamespaceThatOnlySocketsKeepIsFoundAmongAll() throws {
      let sockets = try Leak.Sockets()
      // No other way leads to it.
      #expect(NamespaceSearch(inDescriptors: true).found[sockets.namespace] == nil)
      let program = try Probe.program(["who", "--format", "json", "--all-namespaces"])
      let found = try WhoReport(try program.run(in: folder).output)
      let other = try #require(found.namespaces?.first { $0.namespace == sockets.namespace })
      let group = try #require(other.states.first { $0.state == "CLOSE_WAIT" })
      #expect(group.tally.count == 3 && group.processes.first?.numbers.contains(getpid()) == true)
      withExtendedLifetime(sockets) {}
    }

    /// A child that held a descriptor of the namespace for a moment has ended.
    @Test(.enabled(if: getuid() == 0, "no other namespace can be entered here"))
    func aWayThatHasEndedHidesNoNamespace() throws {
      let sockets = try Leak.Sockets()
      let ways = NamespaceSearch(found: [
        sockets.namespace: .file("/proc/self/fd/1048576"), "net:[1]": .file("/proc/self/fd/1048576"),
      ])
      let (surveys, unread) = try Survey.takeAll(by: ways)
      #expect(surveys.contains { $0.namespace?.name == sockets.namespace })
      #expect(unread.isEmpty, "\(unread)")
      withExtendedLifetime(sockets) {}
    }

    @Test(.enabled(if: getuid() == 0, "nobody else can be made here"), arguments: [[], ["--all-namespaces"]])
    func aUserIsToldThatNamespacesOfOthersCannotBeRead(options: [String]) throws {
      let text = try Program(try whoOfNobody() + ["markdown"] + options).run(in: folder).output
      #expect(text.contains(#/network namespace of [0-9,]+ process(es)? cannot be read/#), "\(text)")
      let own = try Probe.program(["who", "--format", "markdown"] + options).run(in: folder).output
      #expect(text.contains("cannot be read without root") && !own.contains("without root"), "\(own)")
    }

    @Test(.enabled(if: getuid() == 0 && Scene.hidesProcesses, "no /proc with hidepid can be mounted here"))
    func processesThatProcHidesAreNotTakenForGone() throws {
      let command = try Scene.hidingProcesses + whoOfNobody()
      let found = try WhoReport(try Program(leak.wrapper + command + ["json"]).run(in: folder).output)
      #expect(found.hidesProcesses && found.hidden == 6)
      #expect(found.states.flatMap(\.processes).allSatisfy { $0.owner == "hidden" })
      let text = try Program(leak.wrapper + command + ["markdown"]).run(in: folder).output
      #expect(text.contains("hidepid") && !text.contains("or ended"))
    }

    @Test(.enabled("there is no sleep") { Program.exists("sleep") })
    func listenersThatShareAPortAreToldApartByTheirProcesses() throws {
      let scene = try Scene()
      let first = try scene.listener(sharing: true)
      let place = try first.socket.localEndpoint()
      var others: [Scene.Held] = try (0..<2).map { _ in try scene.listener(at: place, sharing: true) }
      let holders = try others.map { try scene.holder(of: $0) }
      defer { for holder in holders { Scene.end(holder) } }
      others = []
      let rows = try scene.who().listeners
      #expect(rows.count == 3 && rows.allSatisfy { $0.port == place.port })
      let expected = [[getpid()]] + holders.map { [$0.processIdentifier] }
      #expect(Set(rows.map(\.owner.numbers)) == Set(expected))
      withExtendedLifetime(first) {}
    }

    @Test func anIPv4ClientOfAnIPv6ServerIsShownAsMapped() throws {
      let scene = try Scene()
      let listener = try scene.listener(at: Endpoint(Address(groups: (0, 0, 0, 0, 0, 0, 0, 0)), 0))
      let client = try scene.socket()
      try scene.connect(client, to: Endpoint(.loopback(.ipv4), try listener.socket.localEndpoint().port))
      try client.socket.shutdown(.write)
      #expect(try scene.comes { try !scene.sockets(in: .closeWait).isEmpty })
      let peer = try #require(try scene.who().group(.closeWait)?.peers.first)
      #expect(peer.address == "::ffff:127.0.0.1" && peer.direction == "incoming")
      // The client's own end is one of IPv4.
      #expect(try scene.who().group(.finWait2)?.peers.first?.address == "127.0.0.1")
    }

    @Test(arguments: [SIGINT, SIGTERM]) func aWatchEndsInOrderWhenItIsAskedTo(signal: Int32) throws {
      let arguments = try Probe.program(["who", "--watch", "0.1"]).arguments
      let running = try Program(leak.wrapper + arguments).start(in: folder)
      // Long enough for a few looks on any machine; what it says does not hang on how many.
      usleep(1_500_000)
      kill(running.id, signal)
      let ended = running.finish()
      #expect(ended.status == nil && ended.errors.isEmpty)
      #expect(ended.output.contains("CLOSE_WAIT  3") && ended.output.hasSuffix("\n"))
    }
  }
}

import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled(if: namespacesWork, "private network namespaces cannot be made here"))
struct NamespaceTests {
  @Test func aSocketKeepsTheNamespaceItWasMadeIn() throws {
    let namespace = try Namespace.make()
    let inside = try namespace.enter { try Socket.tcp(.ipv4) }
    let again = try namespace.enter { try Socket.tcp(.ipv4).namespaceCookie() }
    let outside = try Socket.tcp(.ipv4)
    #expect(try inside.namespaceCookie() == again)
    #expect(try inside.namespaceCookie() != outside.namespaceCookie())
  }

  @Test func enteringLeavesTheCallerWhereItWas() throws {
    let before = try Socket.tcp(.ipv4).namespaceCookie()
    let namespace = try Namespace.make()
    try namespace.enter {}
    #expect(try Socket.tcp(.ipv4).namespaceCookie() == before)
  }

  @Test func anErrorInsideIsThrownOutside() throws {
    let namespace = try Namespace.make()
    let thrown = errno { try namespace.enter { throw Errno.connectionRefused } }
    #expect(thrown == .connectionRefused)
  }

  @Test func whatTheCallerHasCanBeChangedInside() throws {
    let namespace = try Namespace.make()
    var names: [String] = []
    try namespace.enter { names.append(try Interface(named: "lo").name) }
    #expect(names == ["lo"])
  }

  @Test func aNamespaceLivesAsLongAsItsSockets() throws {
    let socket = try Namespace.make().enter {
      try Interface(named: "lo").bringUp()
      let socket = try Socket.tcp(.ipv4)
      try socket.bind(to: Endpoint(.loopback(.ipv4), 0))
      try socket.listen(backlog: 1)
      return socket
    }
    #expect(try socket.localEndpoint().port != 0)
  }

  @Test func aSettingOfANamespaceIsNobodyElses() throws {
    let name = "net.ipv4.tcp_fin_timeout"
    let outside = try Sysctl.read(name)
    let namespace = try Namespace.make()
    let inside = try namespace.enter {
      try Sysctl.write(name, "7")
      return try Sysctl.read(name)
    }
    #expect(inside == "7")
    #expect(try Sysctl.read(name) == outside)
  }

  /// The kernel itself would answer ENOENT, after it has looked for a module of that name.
  @Test(arguments: ["no_such_control", "../evil", "", "cubic\n", "cubic reno"])
  func aCongestionControlThatIsNotThereIsNotAskedFor(value: String) throws {
    let name = "net.ipv4.tcp_congestion_control"
    try Namespace.make().enter {
      let before = try Sysctl.read(name)
      #expect(throws: Errno.invalidArgument) { try Sysctl.write(name, value) }
      #expect(try Sysctl.read(name) == before)
      for known in try Sysctl.read("net.ipv4.tcp_allowed_congestion_control").split(separator: " ") {
        try Sysctl.write(name, String(known))
        #expect(try Sysctl.read(name) == known)
      }
    }
  }

  @Test(arguments: [
    ("tcp_fin_timeout", "7 8"), ("tcp_fin_timeout", "7;reboot"), ("tcp_fin_timeout", "0x7"),
    ("tcp_fin_timeout", ""),
    ("tcp_fin_timeout", "７"), ("tcp_rmem", "4096 131072 1048576 5"), ("tcp_rmem", "4096\n131072"),
    ("ip_local_port_range", "40000-40099"),
  ])
  func aValueOfAnotherFormIsNotWritten(setting: String, value: String) throws {
    let name = "net.ipv4." + setting
    try Namespace.make().enter {
      let before = try Sysctl.read(name)
      #expect(throws: Errno.invalidArgument) { try Sysctl.write(name, value) }
      #expect(try Sysctl.read(name) == before)
    }
  }

  @Test func aNameLeadsNowhereOutsideOfTheSettings() {
    #expect(throws: Errno.noSuchFileOrDirectory) { try Sysctl.read("net/../../self/status") }
    #expect(throws: Errno.noSuchFileOrDirectory) { try Sysctl.write("net/../../self/comm", "x") }
  }

  @Test func aSettingThatDoesNotExistIsENOENT() throws {
    #expect(throws: Errno.noSuchFileOrDirectory) { try Sysctl.read("net.ipv4.tcp_no_such_setting") }
  }

  @Test func whoMakesNamespacesIsRootOfOne() {
    let privileges = Privileges.ofThisThread()
    #expect(privileges.hasSysAdmin)
    #expect(!privileges.isSingleThreaded)
  }
}

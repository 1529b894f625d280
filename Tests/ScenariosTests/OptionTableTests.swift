import Benches
import Grounds
import Linux
import Scenarios
import Testing
import Traces

extension ScenariosTests {
  /// The values of options.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct OptionTableTests {
    @Test func optionsTakeTheirRanges() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .optionTable, under: [.socket(.unconnected)], on: bench)
      #expect(found["TCP_NODELAY"] == "0, takes all as 0 or 1")
      #expect(found["TCP_KEEPCNT"] == "9, takes 1 to 127, else EINVAL")
      #expect(found["TCP_SYNCNT"]?.hasSuffix("takes 1 to 127, else EINVAL") == true)
      #expect(found["SO_SNDLOWAT"] == "1, takes none, ENOPROTOOPT")
      #expect(found["SO_RCVBUF"]?.contains("INT_MAX becomes twice rmem_max") == true)
    }

    @Test func someOptionsAreRefusedOnAConnection() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .optionTable, under: [.socket(.established)], on: bench)
      for name in ["TCP_FASTOPEN", "TCP_FASTOPEN_CONNECT", "TCP_FASTOPEN_NO_COOKIE"] {
        #expect(found[name]?.hasSuffix("takes none, EINVAL") == true, "\(name)")
      }
    }

    @Test func aSettingIsTheFirstValue() throws {
      let setting = "net.ipv4.tcp_keepalive_probes"
      let bench = try AlteredWire(family: .ipv4, afterEntering: { try Sysctl.write(setting, "5") }) { _ in
        .pass
      }
      let found = try Grounds.figures(of: .optionTable, under: [.socket(.unconnected)], on: bench)
      #expect(found["TCP_KEEPCNT"] == "5, takes 1 to 127, else EINVAL")
    }
  }
}

import Benches
import Claims
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Timeouts of programs, small packets, and cookies.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct PeerTests {
    static let scenarios: [Scenario] = [.cookieOptions, .smallMTU, .userTimeout]

    /// A scenario declares figures under its conditions, and a record holds them all.
    @Test(arguments: scenarios) func aRunLeavesWhatIsDeclared(id: Scenario) throws {
      let bench = try #require(Ground.wires.last).bench()
      var left: [String: String] = [:]
      for conditions in id.declaration.conditions {
        left.merge(try Grounds.figures(of: id, under: conditions, on: bench)) { first, _ in first }
      }
      #expect(Set(left.keys) == Set(id.declaration.figures.map(\.name)))
      for (name, value) in left { #expect(!value.hasPrefix("undecided"), "\(name): \(value)") }
    }

    @Test(arguments: Ground.wires) func theUserTimeoutWins(ground: Ground) throws {
      let found = try Grounds.figures(of: .userTimeout, on: ground.bench())
      #expect(found["window that stays 0 under TCP_USER_TIMEOUT"] == "ETIMEDOUT")
      #expect(found["keepalive under a longer TCP_USER_TIMEOUT"] == "2 probes, then ETIMEDOUT")
      #expect(found["keepalive under a shorter TCP_USER_TIMEOUT"] == "1 probe, then ETIMEDOUT")
    }

    @Test(arguments: Ground.wires) func aCookieKeepsOptionsOnlyWithTimestamps(ground: Ground) throws {
      let with = try Grounds.figures(of: .cookieOptions, on: ground.bench())
      let name = "options of a connection that a SYN cookie made"
      #expect(with[name] == "timestamps, SACK, window scale")
      #expect(with["window scale of the client after a SYN cookie"] != "0")
      let said = ground.family == .ipv4 ? "1300" : "1220"
      #expect(with["MSS of the client after a SYN cookie"] == "\(said), where it said 1400")
      let without = try Grounds.figures(
        of: .cookieOptions, under: [.setting("tcp_timestamps", "0")], on: ground.bench())
      #expect(without[name] == "none")
      #expect(without["window scale of the client after a SYN cookie"] == "0")
    }

    @Test func aPathThatTakesTheTimestampsTakesTheRest() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags.contains(.syn) else { return .pass }
        departure.packet.segment.options.removeAll { if case .timestamps = $0 { true } else { false } }
        departure.bytes = departure.packet.bytes
        return .pass
      }
      let found = try Grounds.figures(of: .cookieOptions, on: bench)
      #expect(found["options of a connection that a SYN cookie made"] == "none")
    }

    @Test(arguments: Ground.wires) func aSmallDeviceIsAnnouncedAndHeldTo(ground: Ground) throws {
      let found = try Grounds.figures(of: .smallMTU, on: ground.bench())
      let isIPv4 = ground.family == .ipv4
      let (small, headers) = isIPv4 ? (600, 40) : (1280, 60)
      #expect(found["MSS option of a SYN over a device with a small MTU"] == "\(small) - \(headers)")
      #expect(found["MSS option of a SYN+ACK to a client with a small MTU"] == "1500 - \(headers)")
      for way in ["to", "of"] {
        #expect(found["largest segment \(way) a client with a small MTU"] == "\(small) - \(headers + 12)")
      }
      let path = isIPv4 ? 1000 : 1280
      #expect(found["largest segment once the path's MTU is known"] == "\(path) - \(headers + 12)")
    }

    /// The runs have hosts of their own, and these the settings of the first.
    @Test func whoseSettingsAreOthersHasOtherSegments() throws {
      let settings = HostSettings(["net.ipv4.tcp_timestamps": "0", "net.ipv4.ip_no_pmtu_disc": "1"])
      let found = try Grounds.figures(of: .smallMTU, on: Wire(family: .ipv4, settings: settings))
      #expect(found["largest segment of a client with a small MTU"] == "600 - 40")
      // Then a kernel believes no router, and sends what every path takes (net.ipv4.route.min_pmtu: 552).
      #expect(found["largest segment once the path's MTU is known"] == "1000 - 488")
    }

    /// The first probe of the window is answered with a reset: it was not the timeout that ended the connection.
    @Test func whatEndsItBeforeTheTimeoutIsTold() throws {
      var client: Endpoint?
      var answers = 0
      let bench = try AlteredWire(family: .ipv4) { departure in
        let segment = departure.packet.segment
        if segment.flags == .syn { (client, answers) = (departure.packet.source, 0) }
        guard departure.packet.source != client, segment.flags == .ack else { return .pass }
        answers += 1
        if answers == 2 {
          departure.packet.segment.flags = .rst
          departure.bytes = departure.packet.bytes
        }
        return .pass
      }
      let found = try Grounds.figures(of: .userTimeout, on: bench)
      #expect(found["window that stays 0 under TCP_USER_TIMEOUT"] == "ECONNRESET")
    }

    @Test(.enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"), arguments: scenarios)
    func onLoopbackEachFigureSaysWhyItCannotBeMeasured(id: Scenario) throws {
      let found = try reasons(of: id, on: try #require(Ground.loopbacks.first).bench())
      #expect(Set(found.keys) == Set(id.declaration.figures.filter { $0.variants.includes([]) }.map(\.name)))
      for (name, reason) in found { #expect(reason.isNeed, "\(name): \(reason)") }
    }
  }
}

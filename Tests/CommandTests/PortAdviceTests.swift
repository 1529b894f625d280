import Foundation
import Linux
import SystemPackage
import TCP
import Testing

extension CommandTests {
  /// The ports that are told to be left, beside those that connect() and bind() then get.
  @Suite(.enabled(if: Scene.canBeMade, "no namespace can be made and entered here"))
  struct PortAdviceTests {
    struct Reuse: CustomTestStringConvertible {
      var setting: String
      var timestamps: String
      var address: Address
      var testDescription: String { "tcp_tw_reuse \(setting), tcp_timestamps \(timestamps), \(address)" }
    }

    static let other = Address(10, 9, 0, 1)

    @Test(arguments: [
      Reuse(setting: "0", timestamps: "1", address: .loopback(.ipv4)),
      Reuse(setting: "1", timestamps: "1", address: .loopback(.ipv4)),
      Reuse(setting: "2", timestamps: "1", address: .loopback(.ipv4)),
      Reuse(setting: "1", timestamps: "0", address: .loopback(.ipv4)),
      Reuse(setting: "2", timestamps: "1", address: other),
      Reuse(setting: "1", timestamps: "1", address: other),
    ])
    func asManyConnectsSucceedAsPortsAreLeft(reuse: Reuse) throws {
      let scene = try Scene([
        "tcp_tw_reuse": reuse.setting, "tcp_timestamps": reuse.timestamps,
        "ip_local_port_range": "40000 40011",
      ])
      try scene.namespace.enter { try Interface(named: "lo").add(Self.other, prefix: 32) }
      let place = Endpoint(reuse.address, 80)
      let listener = try scene.listener(at: place)
      // One port of the range is a listener's: connect() passes it over.
      let inRange = try scene.listener(at: Endpoint(reuse.address, 40_003))
      try scene.timeWaits(8, at: listener)
      // Until they are old enough to be taken again, or clearly would be.
      let isOld = try scene.comes {
        let waiting = try scene.sockets(in: .timeWait)
        return waiting.count == 8
          && waiting.allSatisfy { 60_000 - ($0.timer?.milliseconds ?? 60_000) > 2_100 }
      }
      try #require(isOld)
      let found = try scene.who()
      let use = try #require(found.ports.first { $0.destination.port == 80 })
      let isReusable =
        reuse.timestamps == "1" && (reuse.setting == "1" || reuse.setting == "2" && place.address.isLoopback)
      #expect(use.available == 12 && use.reusable == (isReusable ? 8 : 0))
      var made: [Scene.Held] = []
      var refusal: Errno?
      while refusal == nil, made.count < 20 {
        let client = try scene.socket()
        do throws(Errno) { try scene.connect(client, to: place) } catch { refusal = error }
        if refusal == nil { made.append(client) }
      }
      #expect(refusal == .addressNotAvailable && made.count == use.left)
      withExtendedLifetime(inRange) {}
    }

    /// A port that bind() chose serves no other destination, and nothing shows which ones those are.
    @Test func portsThatBindChoseMayMakeThemFewer() throws {
      let scene = try Scene(["ip_local_port_range": "40000 40009", "tcp_tw_reuse": "0"])
      let listeners = try [80, 81].map { try scene.listener(at: Endpoint(.loopback(.ipv4), $0)) }
      var held: [Scene.Held] = []
      for index in 0..<10 {
        let client = try scene.socket()
        try client.socket.bind(to: Endpoint(.loopback(.ipv4), 0))
        try scene.connect(client, to: Endpoint(.loopback(.ipv4), index < 7 ? 80 : 81))
        held.append(client)
      }
      let use = try #require(try scene.who().ports.first { $0.destination.port == 80 })
      #expect(use.left == 3 && use.bindable == 0)
      let text = try scene.text()
      #expect(text.contains("at most 3 of 10 left for connect()") && text.contains("fewer may be left"))
      let client = try scene.socket()
      #expect(throws: Errno.addressNotAvailable) {
        try scene.connect(client, to: Endpoint(.loopback(.ipv4), 80))
      }
      withExtendedLifetime((held, listeners)) {}
    }

    /// Ports that connect() chose are taken for bind() of that address as well, whatever the destination.
    @Test func asManyBindsSucceedAsAreToldOf() throws {
      let scene = try Scene(["ip_local_port_range": "40000 40009", "tcp_tw_reuse": "0"])
      let listener = try scene.listener(at: Endpoint(.loopback(.ipv4), 80))
      let other = try scene.listener(at: Endpoint(.loopback(.ipv4), 81))
      let pairs = try (0..<6).map { _ in try scene.pair(listener) } + [try scene.pair(other)]
      try scene.timeWaits(2, at: listener)
      #expect(try scene.comes { try scene.sockets(in: .timeWait).count == 2 })
      let found = try scene.who()
      let use = try #require(found.ports.first { $0.destination.port == 80 })
      #expect(use.left == 2)
      var bound: [Scene.Held] = []
      var refusal: Errno?
      while refusal == nil, bound.count < 20 {
        let client = try scene.socket()
        do throws(Errno) { try client.socket.bind(to: Endpoint(.loopback(.ipv4), 0)) } catch {
          refusal = error
        }
        if refusal == nil { bound.append(client) }
      }
      #expect(refusal == .addressInUse && bound.count == use.bindable)
      bound = []
      let text = try scene.text()
      if use.bindable == 0 { #expect(text.contains("fails with EADDRINUSE now")) }
      // As the sentence says: connect() chooses, once bind() need not.
      let client = try scene.socket()
      try client.socket.set(.bindAddressNoPort, to: true)
      try client.socket.bind(to: Endpoint(.loopback(.ipv4), 0))
      try scene.connect(client, to: Endpoint(.loopback(.ipv4), 80))
      withExtendedLifetime(pairs) {}
    }
  }
}

import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct AddressTests {
  /// RFC 5952's own examples and rules, by section.
  @Test(arguments: [
    ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),  // 4.1
    ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),  // 4.2.1
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),  // 4.2.2
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),  // 4.2.3, the longer run
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),  // 4.2.3, the first of equals
    ("2001:DB8::ABCD", "2001:db8::abcd"),  // 4.3
    ("0:0:0:0:0:0:0:0", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1:0:0:0:0:0:0:0", "1::"),
    ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"), ("0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"),
    ("::ffff:c000:201", "::ffff:192.0.2.1"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("fe80::1", "fe80::1"),
  ])
  func anIPv6AddressIsWrittenInOneWay(text: String, canonical: String) throws {
    let address = try #require(Address(text))
    #expect(address.description == canonical && address.family == .ipv6)
    #expect(Address(canonical) == address)
  }

  @Test(arguments: ["0.0.0.0", "127.0.0.1", "255.255.255.255", "192.0.2.1"])
  func anIPv4AddressIsFourNumbers(text: String) throws {
    let address = try #require(Address(text))
    #expect(address.description == text && address.family == .ipv4)
  }

  @Test(arguments: [
    "", ":", ":::", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", "1..2.3", "1.2.3.+4", "1.2.3.04",
    "1.2.3.-4", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::+1", "1:2:3:4::5:6:7:8",
    ":1:2:3:4:5:6:7", "fe80::1%eth0", " ::1",
  ])
  func anyOtherTextIsNoAddress(text: String) { #expect(Address(text) == nil) }

  @Test func anAddressHasFourOctetsOrSixteen() {
    for count in 0...20 {
      #expect((Address(bytes: Array(repeating: 1, count: count)) != nil) == (count == 4 || count == 16))
    }
  }

  @Test func loopbackIsItself() {
    #expect(Address.loopback(.ipv4).description == "127.0.0.1")
    #expect(Address.loopback(.ipv6).description == "::1")
  }

  @Test(arguments: ["192.0.2.1:80", "[2001:db8::1]:65535", "[::]:0"])
  func anEndpointIsReadAsItIsWritten(text: String) throws {
    #expect(try #require(Endpoint(text)).description == text)
  }

  @Test(arguments: [
    "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:+80", "192.0.2.1:-1", "::1:80", "[::1]",
    "[::1]80",
    "[192.0.2.1]:80", "[::1:80", ":80",
  ])
  func anyOtherTextIsNoEndpoint(text: String) { #expect(Endpoint(text) == nil) }

  @Test func theOtherEndSeesTheSameConnectionTurnedRound() {
    let one = Endpoint(.loopback(.ipv4), 1)
    let other = Endpoint(.loopback(.ipv4), 2)
    let tuple = FourTuple(local: one, remote: other)
    #expect(tuple.reversed == FourTuple(local: other, remote: one) && tuple.reversed.reversed == tuple)
  }
}

import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct FlagsTests {
  @Test func theBitsAreThoseOfTheHeader() {
    // RFC 9293 section 3.1: CWR, ECE, URG, ACK, PSH, RST, SYN, FIN, from the most significant.
    let order: [Flags] = [.cwr, .ece, .urg, .ack, .psh, .rst, .syn, .fin]
    for (place, flag) in order.enumerated() { #expect(flag.rawValue == 0x80 >> UInt8(place)) }
  }

  @Test(arguments: UInt8.min...UInt8.max) func everySetIsReadAsItIsWritten(bits: UInt8) {
    let flags = Flags(rawValue: bits)
    #expect(Flags(flags.description) == flags)
  }

  @Test func ackIsWrittenLast() {
    #expect(Flags([.ack, .syn]).description == "SYN+ACK")
    #expect(Flags([.ack, .psh, .fin]).description == "FIN+PSH+ACK")
    #expect(Flags([]).description == "none")
  }

  @Test(arguments: ["", "+", "SYN+", "+SYN", "SYN ACK", "SYN+none", "XYZ", "SYN,ACK"])
  func anyOtherTextIsNoSet(text: String) { #expect(Flags(text) == nil) }

  @Test func aNameMayBeInAnyCase() {
    #expect(Flags(name: "syn") == .syn && Flags(name: "Ack") == .ack && Flags(name: "none") == nil)
  }
}

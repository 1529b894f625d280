import Kinds
import Linux
import Testing

/// The kernel's own names of reasons, as several kernels write them.
@Suite(.tags(.pure)) struct ReasonNamesTests {
  private static func format(_ printing: String) -> TracepointFormat {
    TracepointFormat(
      """
      name: kfree_skb
      ID: 1
      format:
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      \tfield:void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;
      \tfield:enum skb_drop_reason reason;\toffset:16;\tsize:4;\tsigned:0;

      print fmt: \(printing)
      """)
  }

  @Test func aNumberIsReadInWhateverWayItIsWritten() {
    let lists = [
      #"{ 2, "NOT_SPECIFIED" }, { 34, "TCP_OVERWINDOW" }"#,
      #"{ 0x2, "NOT_SPECIFIED" }, { 0x22, "TCP_OVERWINDOW" }"#,
      #"{ (2), "NOT_SPECIFIED" },{(0x22),"TCP_OVERWINDOW"}"#,
    ]
    for list in lists {
      let format = Self.format(
        #""skbaddr=%p reason: %s", REC->skbaddr, __print_symbolic(REC->reason, \#(list))"#)
      #expect(
        format.names(ofValuesOf: "reason") == [2: "NOT_SPECIFIED", 34: "TCP_OVERWINDOW"], "\(list)")
    }
  }

  @Test func theNamesOfAnotherFieldAreNotTaken() {
    let format = Self.format(
      #""%s %s", REC->state ? __print_symbolic(REC->state, { 1, "ESTABLISHED" }) : "UNKNOWN", "#
        + #"__print_symbolic(REC->reason, { 1, "NO_SOCKET" })"#)
    #expect(format.names(ofValuesOf: "reason") == [1: "NO_SOCKET"])
    #expect(format.names(ofValuesOf: "state") == [1: "ESTABLISHED"])
  }

  @Test func aKernelWithoutReasonsHasNoNames() {
    // Linux 5.10.
    let format = Self.format(
      #""skbaddr=%p protocol=%u location=%p", REC->skbaddr, REC->protocol, REC->location"#)
    #expect(format.names(ofValuesOf: "reason").isEmpty)
  }

  @Test func aNameWhoseNumberIsUnknownIsPassedOver() {
    let format = Self.format(
      #""%s", __print_symbolic(REC->reason, { SKB_DROP_REASON_TCP_CSUM, "TCP_CSUM" }, { 5, "NO_SOCKET" })"#)
    #expect(format.names(ofValuesOf: "reason") == [5: "NO_SOCKET"])
  }

  @Test func whatIsCutOffLosesOnlyItsEnd() {
    let whole = #""%s", __print_symbolic(REC->reason, { 3, "NO_SOCKET" }, { 4, "TCP_CSUM" })"#
    for count in 0...whole.count {
      let names = Self.format(String(whole.prefix(count))).names(ofValuesOf: "reason")
      #expect(names.allSatisfy { [3: "NO_SOCKET", 4: "TCP_CSUM"][$0.key] == $0.value }, "\(count)")
    }
  }

  @Test func aReasonIsTheKernelsNameOrItsNumber() {
    let format = Self.format(
      #""%s", __print_symbolic(REC->reason, { 2, "NOT_SPECIFIED" }, { 3, "NO_SOCKET" })"#)
    func reason(_ number: UInt8) -> ReasonEvent.What? {
      let raw = [UInt8](repeating: 0, count: 8) + [7, 0, 0, 0, 0, 0, 0, 0, number, 0, 0, 0]
      return ReasonEvent(
        discard: Tracepoint.Sample(time: 1, cpu: 0, tid: 1, raw: raw), format: format,
        names: format.names(ofValuesOf: "reason"))?.what
    }
    #expect(reason(3) == .freed(packet: 7, reason: "NO_SOCKET"))
    #expect(reason(2) == .freed(packet: 7, reason: nil))
    #expect(reason(77) == .freed(packet: 7, reason: "77"))
  }

  @Test func theNameOfADeviceIsWhereTheRecordSays() {
    let format = TracepointFormat(
      """
      field:void * skbaddr; offset:8; size:8; signed:0;
      field:unsigned int len; offset:16; size:4; signed:0;
      field:__data_loc char[] name; offset:20; size:4; signed:0;
      """)
    let start: [UInt8] = [UInt8](repeating: 0, count: 8) + [9, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0]
    let raw = start + [24, 0, 5, 0] + Array("wire".utf8) + [0]
    let sample = Tracepoint.Sample(time: 3, cpu: 0, tid: 1, raw: raw)
    #expect(
      ReasonEvent(arrival: sample, format: format)
        == ReasonEvent(time: 3, .received(packet: 9, length: 40, device: "wire")))
    // A text that lies beyond the record is none.
    let cut = Tracepoint.Sample(time: 3, cpu: 0, tid: 1, raw: Array(raw.dropLast(3)))
    #expect(ReasonEvent(arrival: cut, format: format) == nil)
  }
}

/// One packet among all that a thread's interrupts bring.
@Suite(.tags(.pure)) struct ArrivalReasonsTests {
  private func reasons(_ events: [ReasonEvent.What]) -> ArrivalReasons {
    ArrivalReasons(
      in: events.enumerated().map { ReasonEvent(time: Int64($0), $1) }, device: "wire", length: 40)
  }
  private let ours = ReasonEvent.What.received(packet: 1, length: 40, device: "wire")

  @Test func theReasonsOfOurPacketAreFound() {
    let found = reasons([
      ours, .reset(packet: 1, tuple: nil, reason: "NO_SOCKET"), .freed(packet: 1, reason: "NO_SOCKET"),
    ])
    #expect(found.discard == "NO_SOCKET" && found.reset == "NO_SOCKET")
  }

  @Test func packetsOfOthersAreNotOurs() {
    let before = reasons([.freed(packet: 1, reason: "NO_SOCKET"), ours])
    #expect(before.discard == nil)
    let other = reasons([
      ours, .received(packet: 2, length: 40, device: "eth0"), .freed(packet: 2, reason: "NO_SOCKET"),
      .reset(packet: 2, tuple: nil, reason: "NO_SOCKET"),
    ])
    #expect(other.discard == nil && other.reset == nil)
    let foreign = reasons([
      .received(packet: 1, length: 40, device: "eth0"), .freed(packet: 1, reason: "NO_SOCKET"),
    ])
    #expect(foreign.discard == nil)
  }

  @Test func anAddressThatIsUsedAgainIsAnotherPacket() {
    let found = reasons([
      ours, .received(packet: 1, length: 60, device: "eth0"), .freed(packet: 1, reason: "UDP_CSUM"),
    ])
    #expect(found.discard == nil)
    // A packet that was freed without a reason is gone, too.
    let freed = reasons([ours, .freed(packet: 1, reason: nil), .freed(packet: 1, reason: "NO_SOCKET")])
    #expect(freed.discard == nil)
  }

  @Test func ofTwoAlikeNothingIsSaid() {
    let found = reasons([
      ours, .freed(packet: 1, reason: "TCP_CSUM"), .received(packet: 2, length: 40, device: "wire"),
      .freed(packet: 2, reason: "NO_SOCKET"),
    ])
    #expect(found.discard == nil)
  }
}

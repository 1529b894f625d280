import Kinds
import TCP
import Testing
import Traces

import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

@Suite(.tags(.pure)) struct ValueTests {
  static let values: [(value: Value, text: String)] = [
    (.state(.timeWait), "TIME_WAIT"), (.errno("ECONNREFUSED"), "ECONNREFUSED"), (.errno("EIO"), "EIO"),
    (.count(2_147_483_647), "2147483647"), (.count(0), "0"), (.bytes(100), "100 bytes"),
    (.bytes(1), "1 byte"),
    (.duration(.seconds(60)), "60 s"), (.duration(.milliseconds(200)), "200 ms"),
    (.duration(.milliseconds(60_410)), "60.41 s"), (.duration(.microseconds(1500)), "1.5 ms"),
    (.duration(.zero), "0 ms"),
    (.bounds(.init(.seconds(60), least: 1, most: 1.127)), "60 s × [1, 1.127]"),
    (
      .bounds(.init(.milliseconds(1400), least: 1, most: 1.127, addsRoundTrips: true)),
      "1.4 s × [1, 1.127] and round trips"
    ),
    (.segment([.rst, .ack]), "RST+ACK"), (.segment([.ece, .ack]), "ECE+ACK"), (.words("none"), "none"),
    (.schedule(nanoseconds: [1_000_000_000, 2_000_000_000]), "1 s, 2 s"),
    (.schedule(nanoseconds: [200_999_999]), "200 ms"),
    (.list([.segment(.ack), .state(.timeWait)]), "ACK, TIME_WAIT"),
    (.list([.words("succeeds"), .state(.closed), .words("no segment")]), "succeeds, CLOSED, no segment"),
    (.steps([.errno("ECONNRESET"), .errno("EPIPE")]), "ECONNRESET, then EPIPE"),
    (.steps([.errno("EPIPE"), .errno("EPIPE")]), "EPIPE each time"),
    (.words("no answer and TIME_WAIT"), "no answer and TIME_WAIT"), (.words("a, b"), "a, b"),
    (.words(""), ""), (.words("99999999999999999999"), "99999999999999999999"),
  ]

  @Test func aValueIsReadAsItIsWritten() {
    for (value, text) in Self.values where text != "a, b" {
      #expect(value.description == text)
      #expect(Value(reading: text) == value, "\(text)")
    }
  }

  @Test func textOfAnyKindIsReadAndWrittenTheSame() {
    for text in [
      "a, b", ", then ", ", ", " each time", "60 s × [1.127, 1]", "60 s × [-1, 1]", "60 s × [1, nan]", "-5",
      "+5", "5 s x",
      "1.2.3 s", ".5 s", "1e3 s", "999999999 h", "9999999999 s", "٣", "E", "EE", "x [1, 2]",
      "x, then , then y",
    ] {
      let value = Value(reading: text)
      #expect(Value(reading: value.description) == value, "\(text)")
    }
  }

  @Test func aPageMayWriteAValueOtherwise() {
    for (page, measured) in [
      ("time-wait", "TIME_WAIT"), ("60000 ms", "60 s"), ("1 min", "60 s"), ("rst+ack", "RST+ACK"),
      ("100 octets", "100 bytes"), ("Connects  with its second SYN", "connects with its second SYN"),
      ("60 s x [1, 1.127]", "60.41 s"), ("econnrefused", "ECONNREFUSED"), ("100 Bytes", "100 bytes"),
      ("60 S", "60 s"), ("TIME_WAIT,  RST", "TIME_WAIT, RST"),
      ("ECONNRESET, Then EPIPE", "ECONNRESET, then EPIPE"), ("ack, Time_Wait", "ACK, TIME_WAIT"),
    ] {
      #expect(Value(reading: page).holds(for: Value(reading: measured)), "\(page)")
    }
    for (page, measured) in [
      ("61 s", "60 s"), ("60", "60 s"), ("60 s × [1, 1.127]", "59.99 s"), ("60 s × [1, 1.127]", "67.7 s"),
      ("ACK", "ACK, TIME_WAIT"), ("100 bytes", "100"), ("EPIPE", "EPIPE each time"),
    ] {
      #expect(!Value(reading: page).holds(for: Value(reading: measured)), "\(page)")
    }
  }

  @Test func boundsWithRoundTripsHoldForThoseThatWereMeasured() {
    let bounds = Value(reading: "1.4 s × [1, 1.127] and round trips")
    #expect(bounds.holds(for: "1.7 s", within: bounds) && !bounds.holds(for: "1.7 s"))
  }

  @Test func jsonHasNumbersAndUnits() throws {
    func json(_ value: Value) throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    #expect(try json("60.41 s") == #"{"kind":"duration","number":60.41,"text":"60.41 s","unit":"s"}"#)
    #expect(try json("5") == #"{"kind":"count","number":5,"text":"5"}"#)
    #expect(
      try json("60 s × [1, 1.5]")
        == #"{"highest":90,"kind":"bounds","lowest":60,"text":"60 s × [1, 1.5]","unit":"s"}"#)
    for (value, text) in Self.values where text != "a, b" {
      #expect(try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value)) == value)
    }
    // As files of schema 1 have it.
    #expect(try JSONDecoder().decode([Value].self, from: .init(#"["60.41 s"]"#.utf8)) == ["60.41 s"])
  }
}

@Suite(.tags(.pure)) struct ReasonTests {
  @Test func aReasonIsReadAsItIsWritten() {
    for reason: Reason in [
      .disturbed("the machine stalled each time"), .timedOut("it was not over after 150 s"),
      .leftOut(by: .quick), .leftOut(by: .only), .needs("the wire: --on wire"),
      .notOnThisKernel("net.ipv4.tcp_ecn: 3 gives EINVAL"), .other("no data was sent"), .other(""),
    ] {
      #expect(Reason(reading: reason.description) == reason)
    }
  }

  @Test(arguments: [
    ("the machine was too busy each time", Reason.disturbed("the machine was too busy each time")),
    ("it was not over after 150 s", .timedOut("it was not over after 150 s")),
    ("left out by --quick", .leftOut(by: .quick)),
    ("this kernel has no net.ipv4.tcp_x", .notOnThisKernel("there is no net.ipv4.tcp_x")),
    ("net.ipv4.tcp_ecn cannot be set: EINVAL", .notOnThisKernel("net.ipv4.tcp_ecn cannot be set: EINVAL")),
  ])
  func reasonsOfEarlierRecordsHaveTheirKind(text: String, reason: Reason) {
    #expect(Reason(reading: text) == reason)
  }
}

import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Writers that wait for room, and what leaves of small writes.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct WritingTests {
    @Test(arguments: Ground.wires) func aWriterIsToldWhenAThirdOfTheBufferIsFree(ground: Ground) throws {
      let found = try Grounds.figures(of: .roomToWrite, on: ground.bench())
      let room = "when 2/3 of the buffer is in use"
      #expect(found["poll() as ACKs free a full send buffer"] == room)
      #expect(found["edge-triggered events as ACKs free a full send buffer"] == "1 event, \(room)")
      #expect(found["blocked send() as ACKs free a full send buffer"] == "\(room), 1000 bytes")
      #expect(found["unsent data that is taken under TCP_NOTSENT_LOWAT"] == "3000 of 3000 bytes")
      #expect(
        found["edge-triggered events under TCP_NOTSENT_LOWAT"] == "1 event, when 1000 bytes are unsent")
    }

    @Test(arguments: Ground.wires) func smallWritesWaitAsTheirFlagsSay(ground: Ground) throws {
      let found = try Grounds.figures(of: .writeFlags, on: ground.bench())
      #expect(found["segments of two writes with MSG_MORE and one without"] == "300 bytes")
      #expect(found["segments of a write with MSG_EOR and another"] == "100 bytes, 100 bytes")
      #expect(found["segments of three small writes before an ACK"] == "100 bytes")
      #expect(found["segments of three small writes at the first ACK"] == "200 bytes")
      #expect(found["segments when TCP_NODELAY is set while data waits"] == "100 bytes")
      #expect(found["segments when TCP_NODELAY is set while TCP_CORK holds data"] == "100 bytes")
      #expect(found["segments of sendfile() beyond the end of the file"] == "988 bytes, 512 bytes")
      #expect(found["segments of two splice() calls"] == "600 bytes, 600 bytes")
      #expect(found["segments of two splice() calls with SPLICE_F_MORE"] == "988 bytes")
    }

    /// The other end takes no segment of more than 100 octets.
    @Test func anotherSegmentSizeMovesEachFigure() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags.contains(.syn) else { return .pass }
        departure.packet.segment.options = departure.packet.segment.options.map {
          if case .maximumSegmentSize = $0 { .maximumSegmentSize(92) } else { $0 }
        }
        departure.bytes = departure.packet.bytes
        return .pass
      }
      let found = try Grounds.figures(of: .writeFlags, on: bench)
      #expect(found["segments of two writes with MSG_MORE and one without"] != "300 bytes")
      #expect(found["segments of a write with MSG_EOR and another"] != "100 bytes, 100 bytes")
      #expect(found["segments of three small writes before an ACK"] != "100 bytes")
      #expect(found["segments of two splice() calls"] != "600 bytes, 600 bytes")
      #expect(found["segments of sendfile() beyond the end of the file"] != "988 bytes, 512 bytes")
    }

    @Test(arguments: Ground.wires) func urgentDataEndsARead(ground: Ground) throws {
      let found = try Grounds.figures(of: .urgentData, on: ground.bench())
      #expect(found["urgent pointer of a segment"] == "3")
      #expect(found["urgent pointer of a segment 90,000 bytes before the urgent byte"] == "65535 bytes")
      #expect(found["poll() at urgent data"] == "IN PRI OUT")
      #expect(found["recv() with MSG_OOB"] == "1 byte, then EINVAL")
      #expect(found["recv() at the urgent mark"] == "2 bytes, then at the mark 3 bytes, then EAGAIN")
      #expect(
        found["recv() at the urgent mark with SO_OOBINLINE"]
          == "2 bytes, then at the mark 4 bytes, then EAGAIN")
      #expect(found["recv() with MSG_OOB before the urgent byte comes"] == "IN OUT, EAGAIN")
    }
  }
}

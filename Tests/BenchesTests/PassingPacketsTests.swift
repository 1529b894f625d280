import Linux
import Testing

@testable import Benches

extension BenchesTests {
  /// Packets of a loopback interface in the order in which a capture gives their two copies.
  @Suite struct PassingPacketsTests {
    private func packet(_ first: UInt8, at time: Int64, outgoing: Bool, count: Int = 200) -> CapturedPacket {
      CapturedPacket(
        bytes: [first] + [UInt8](repeating: 0, count: count - 1), time: time, outgoing: outgoing)
    }

    @Test func aPacketIsGivenOutWhenItHasArrived() {
      var passing = PassingPackets()
      passing.note(packet(1, at: 10, outgoing: true))
      #expect(passing.next(at: 20) == nil)
      passing.note(packet(1, at: 30, outgoing: false, count: 128))
      #expect(passing.next(at: 30)?.time == 10)
      #expect(passing.next(at: 30) == nil)
    }

    @Test func theOrderIsThatOfLeaving() {
      var passing = PassingPackets()
      passing.note(packet(1, at: 10, outgoing: true))
      passing.note(packet(2, at: 11, outgoing: true))
      // The second overtakes the first.
      passing.note(packet(2, at: 12, outgoing: false, count: 128))
      #expect(passing.next(at: 20) == nil)
      passing.note(packet(1, at: 21, outgoing: false, count: 128))
      #expect(passing.next(at: 22)?.bytes.first == 1)
      #expect(passing.next(at: 22)?.bytes.first == 2)
    }

    @Test func twoOfTheSameOctetsArriveOneAfterTheOther() {
      var passing = PassingPackets()
      for time in [10, 11] as [Int64] { passing.note(packet(1, at: time, outgoing: true)) }
      passing.note(packet(1, at: 12, outgoing: false, count: 128))
      #expect(passing.next(at: 20)?.time == 10)
      #expect(passing.next(at: 20) == nil)
    }

    @Test func whatNeverArrivesIsGivenOutAtItsLimitAndTheOthersAtOnce() throws {
      var passing = PassingPackets()
      passing.note(packet(1, at: 10, outgoing: true))
      passing.note(packet(2, at: 11, outgoing: true))
      let limit = try #require(passing.limit)
      #expect(passing.next(at: limit - 1) == nil)
      #expect(passing.next(at: limit)?.bytes.first == 1)
      #expect(passing.next(at: limit)?.bytes.first == 2)
      // Where arrivals are seen again, they are waited for again.
      passing.note(packet(3, at: limit, outgoing: true))
      passing.note(packet(4, at: limit, outgoing: true))
      passing.note(packet(3, at: limit, outgoing: false, count: 128))
      #expect(passing.next(at: limit)?.bytes.first == 3)
      #expect(passing.next(at: limit) == nil)
    }
  }
}

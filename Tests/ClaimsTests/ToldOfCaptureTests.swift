import Chance
import Claims
import Documents
import Kinds
import MadeCaptures
import Notations
import TCP
import Testing

/// Parts that a capture does not have are told, and not taken for a reason.
@Suite(.tags(.pure)) struct ToldOfCaptureTests {
  /// Whatever passes, the packets that are named did.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func anyOrderOfSegmentsHasAReason(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<20 {
      var all = Exchange()
      let base: UInt32 = [100, UInt32.max - 20].randomElement(using: &random) ?? 0
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        let flags: [Flags] = [
          .syn, [.syn, .ack], .ack, [.psh, .ack], [.fin, .ack], .rst, [.rst, .ack], [],
        ]
        all.add(
          Bool.random(using: &random) ? ">" : "<", flags.randomElement(using: &random) ?? .ack,
          base &+ UInt32.random(in: 0...30, using: &random),
          base &+ UInt32.random(in: 0...30, using: &random),
          Int.random(in: 0...2, using: &random) * 7, window: UInt16.random(in: 0...2, using: &random))
      }
      var reader = CaptureReader()
      reader.add(all.bytes())
      for connection in reader.end().connections {
        let found = Ending(of: connection, captureEnd: connection.times.upperBound)
        let numbers = Set(connection.segments.map(\.number))
        #expect(found.proofs.allSatisfy { numbers.isSuperset(of: $0.packets) }, "seed \(seed)")
        #expect(!found.proofs.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func lossesAndSuperSegmentsAreTold() throws {
    let options: [Option] = [.maximumSegmentSize(1460), .windowScale(7)]
    var all = Exchange()
    all.open(options: options)
    all.add(">", .ack, 101, 501, 4000)
    // 100 octets are missing, and come behind.
    all.add(">", .ack, 4201, 501, 50)
    all.add(">", .ack, 4101, 501, 100)
    all.add("<", .ack, 501, 4251)
    all.add(">", .ack, 4201, 501, 50)
    let remarks = try all.ending().remarks
    #expect(remarks.contains(.superSegments(.left, 1)))
    #expect(remarks.contains(.gapsFilled(.left, 1)))
    #expect(remarks.contains(.retransmissions(.left, 1)))
  }

  @Test func anACKOfDataThatDidNotPassIsTold() throws {
    let remarks = try Exchange.opened { $0.add("<", .ack, 501, 151) }.ending().remarks
    #expect(remarks.contains(.unseen(.left, octets: 50)))
  }

  /// The two directions of a capture may come from two devices.
  @Test(arguments: [1, 50] as [UInt32]) func dataBehindItsACKIsNeitherRepeatedNorMissing(length: UInt32)
    throws
  {
    let found = try Exchange.opened {
      $0.add("<", .ack, 501, 101 + length)
      $0.add(">", .ack, 101, 501, Int(length))
      $0.add(">", .ack, 101 + length, 501, 9)
    }.ending()
    #expect(found.remarks == [.gapsFilled(.left, 1)])
  }

  @Test func aConnectionThatBeganBeforeHasTheClientOnTheLeft() throws {
    var all = Exchange()
    all.add("<", [.fin, .ack], 501, 101)
    all.add(">", [.fin, .ack], 101, 502)
    all.add("<", .ack, 502, 102)
    let found = try all.ending()
    #expect(found.kind == .closed && found.party == .right && found.remarks.contains(.beganBefore))
  }
}

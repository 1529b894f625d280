import Claims
import Kinds
import Reports
import TCP
import Testing
import Traces

@Suite(.tags(.pure)) struct PcapngTests {
  @Test(.enabled("tshark is not installed") { Tshark.path != nil })
  func tsharkReadsWhatWasSeen() throws {
    let run = Samples.assessment(
      Samples.close.run.traces + Samples.loss.run.traces + Samples.scenario.run.traces
    ).run
    let names = [
      "frame.interface_name", "tcp.flags", "tcp.seq", "tcp.ack", "tcp.len", "frame.time_epoch",
      "frame.comment",
    ]
    let read = try #require(try Tshark.fields(names, of: run.pcapng()), "tshark took longer than ten seconds")
    let expected = run.traces.enumerated().flatMap { index, trace in
      trace.events.indices.compactMap { place -> [String]? in
        let event = trace.events[place]
        guard let segment = event.segment else { return nil }
        let fraction = String(String(1_000_000_000 + event.time % 1_000_000_000).dropFirst())
        return [
          "run \(index + 1)",
          "0x00" + (segment.flags.rawValue < 16 ? "0" : "") + String(segment.flags.rawValue, radix: 16),
          "\(segment.sequence)", "\(segment.acknowledgment)", "\(segment.length)",
          "\(run.machine.time + event.time / 1_000_000_000).\(fraction)",
          trace.isLost(segmentAt: place) ? "tcpprobe: this segment was lost on the way" : "",
        ]
      }
    }
    #expect(read == expected)
  }

  @Test func everyBlockSaysItsLengthTwice() {
    let bytes = Samples.loss.run.pcapng()
    var place = 0
    func number(at place: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) } }
    while place < bytes.count {
      let length = number(at: place + 4)
      guard length >= 12, length % 4 == 0, place + length <= bytes.count else {
        Issue.record("a block of \(length) octets at \(place)")
        return
      }
      #expect(number(at: place + length - 4) == length)
      place += length
    }
  }
}

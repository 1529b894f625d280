import Benches
import CLinux
import Chance
import Foundation
import Grounds
import Learning
import Linux
import TCP
import Testing

extension BenchesTests {
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no host with a TUN device can be set up here"))
  struct LearnedSystemTests {
    private static func words(_ side: Side, count: Int, length: Int, seed: UInt64) -> [Word] {
      var random = SplitMix64(seed: seed)
      return (0..<count).map { _ in
        (0..<length).map { _ in Int.random(in: side.alphabet.indices, using: &random) }
      }
    }

    private static func word(_ side: Side, _ stimuli: [Stimulus]) -> Word {
      stimuli.compactMap { side.alphabet.firstIndex(of: $0) }
    }

    /// Gives the calling thread descriptors of its own, of which it has only the standard ones. A program that another test
    /// starts holds a copy of all others until exec(): meanwhile close() closes nothing.
    ///
    /// The corresponding C function is `unshare` with `CLONE_FILES`.
    private static func haveOwnDescriptors() throws {
      try #require(unshare(cloneFiles) == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/thread-self/fd")
      for number in names.compactMap(CInt.init) where number > 2 { close(number) }
    }

    private static let cloneFiles: CInt = 0x400

    /// A segment is answered before the write returns: whoever waits sees nothing more.
    @Test(arguments: Side.allCases) func aSystemThatWaitsGivesTheSameAnswers(side: Side) throws {
      try Self.haveOwnDescriptors()
      let quick = try LearnedSystem(side, .ipv4)
      let slow = try LearnedSystem(side, .ipv4, pause: .milliseconds(5))
      for word in Self.words(side, count: 60, length: 10, seed: 1) {
        let answers = try quick.enter { try quick.answers(to: word) }
        #expect(try slow.enter { try slow.answers(to: word) } == answers)
      }
    }

    @Test(arguments: Side.allCases, Family.allCases)
    func aWordIsAnsweredTheSameEachTimeAndLeavesNothing(side: Side, family: Family) throws {
      try Self.haveOwnDescriptors()
      let system = try LearnedSystem(side, family)
      try system.enter {
        for word in Self.words(side, count: 300, length: 12, seed: 2) {
          let (answers, again) = (try system.answers(to: word), try system.answers(to: word))
          #expect(
            again == answers,
            "\(word.map { side.alphabet[$0].rawValue }): \(answers.map(\.description)), \(again.map(\.description))"
          )
        }
        let left = try SocketDiagnosis.open().dump(family, states: Set(State.allCases).subtracting([.closed]))
        #expect(left.isEmpty, "\(left.map(\.record))")
      }
    }

    @Test func theHandshakeOfAClientIsAnsweredAsEverywhere() throws {
      let system = try LearnedSystem(.client, .ipv4)
      let word = Self.word(.client, [.connect, .synAck, .data, .receive, .fin, .close])
      let (answers, sockets) = try system.enter {
        (try system.answers(to: word), try system.sockets(behind: Array(word.dropLast())))
      }
      #expect(
        answers.map(\.description) == [
          "EINPROGRESS, SYN seq=first", "ACK seq=next ack=new", "ACK seq=next ack=new", "data",
          "ACK seq=next ack=new", "ok, FIN+ACK seq=next ack=next",
        ])
      #expect(sockets == [KernelSocket(state: .closeWait, hasDescriptor: true)])
    }

    @Test func aServerTakesAConnection() throws {
      let system = try LearnedSystem(.server, .ipv6)
      let word = Self.word(.server, [.accept, .listen, .syn, .ack, .accept, .send])
      let answers = try system.enter { try system.answers(to: word) }
      #expect(
        answers.map(\.description) == [
          "EINVAL", "ok", "SYN+ACK seq=first ack=new", "-", "ok", "ok, data ACK seq=next ack=next",
        ])
    }
  }
}

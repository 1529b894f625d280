import Benches
import Learning

/// The cost of one input of a word that `tcpprobe learn` asks, beside a segment that is only read and written.
enum LearnedSteps {
  private static let exchanges = 200
  private static let words = 200

  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let bare = try BareWire()
    let system = try LearnedSystem(.client, .ipv4)
    let stimuli: [Stimulus] = [
      .connect, .synAck, .data, .receive, .send, .ack, .data, .shutdown, .ack, .fin,
    ]
    let word = stimuli.compactMap { stimulus in system.alphabet.firstIndex(of: stimulus) }
    let found = try Rounds.medians(
      of: "inputs", within: limit,
      [
        { try bare.exchange(exchanges, [0]) },
        {
          let time = try system.enter {
            try Rounds.time { for _ in 0..<words { _ = try system.answers(to: word) } }
          }
          return time / Int64(words * word.count)
        },
      ])
    return [
      Line(name: "read and written, nothing else", nanoseconds: found[0]),
      Line(
        name: "asked as by learn", nanoseconds: found[1],
        ratio: "\(times(found[1], found[0])) as long; words of \(word.count) inputs, each with new sockets"),
    ]
  }
}

import Chance
import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct NearestTests {
  private let segments = ["SYN", "ACK", "SYN+ACK", "FIN+ACK", "RST", "data"]
  private let figures = [
    "length of TIME_WAIT", "life of FIN_WAIT_2", "timer of FIN_WAIT_2", "data of a late write",
    "write after shutdown(WR)",
  ]

  @Test(arguments: [
    ("SYN+AKC", "SYN+ACK"), ("syn+ack", "SYN+ACK"), ("SNY", "SYN"), ("RTS", "RST"), ("ACKK", "ACK"),
  ])
  func aSlipIsNearToTheWordThatWasMeant(slip: String, word: String) {
    #expect(Nearest.names(to: slip, among: segments).first == word)
  }

  @Test(arguments: [
    ("TIME_WAIT length", "length of TIME_WAIT"), ("lenght of TIME_WAIT", "length of TIME_WAIT"),
    ("FIN_WAIT_2 timer", "timer of FIN_WAIT_2"), ("write after a shutdown", "write after shutdown(WR)"),
  ])
  func theSameWordsInAnotherOrderAreNear(given: String, name: String) {
    #expect(Nearest.names(to: given, among: figures).first == name)
  }

  @Test(arguments: ["", "x", "weather", "MSS", "somebody else's figure"])
  func whatIsLikeNothingHasNoNearest(given: String) {
    #expect(Nearest.names(to: given, among: segments + figures).isEmpty)
    #expect(Nearest.question(about: given, among: segments + figures) == nil)
  }

  @Test func besideAMuchNearerNameNothingElseIsOffered() {
    #expect(Nearest.names(to: "SYN+AKC", among: segments) == ["SYN+ACK"])
  }

  @Test func theNearestComesFirstAndNoMoreThanAskedFor() {
    let known = ["W1.2", "W1.1", "W1.10", "W2.1", "A1.1"]
    #expect(Nearest.names(to: "w1.1", among: known) == ["W1.1"])
    #expect(Nearest.names(to: "W1.3", among: known, atMost: 2) == ["W1.2", "W1.1"])
    #expect(Nearest.question(about: "SYNN", among: ["SYN", "SYN", "RST"]) == "did you mean SYN?")
    #expect(Nearest.question(about: "ab3", among: ["ab1", "ab2"]) == "did you mean ab1 or ab2?")
  }

  @Test func aSwapOfNeighboursIsOneStep() {
    #expect(Nearest.distance(Array("AKC"), Array("ACK")) == 1)
    #expect(Nearest.distance(Array(""), Array("ACK")) == 3)
    #expect(Nearest.distance(Array("kitten"), Array("sitting")) == 3)
  }

  @Test func aLimitChangesNoDistanceWithinIt() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<400 {
      let words = (0..<2).map { _ in
        (0..<Int.random(in: 0...6, using: &random)).map { _ in random.one(of: ["A", "B", "C"]) }
      }
      let distance = Nearest.distance(words[0], words[1])
      for limit in 0...6 {
        let limited = Nearest.distance(words[0], words[1], atMost: limit)
        #expect(distance <= limit ? limited == distance : limited > limit, "\(words), \(limit)")
      }
    }
  }
}

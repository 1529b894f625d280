import ArgumentParser
import ChangedPages
import Chance
import Documents
import Notations
import Scenarios

struct Readers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reads pages with random changes and large pages, in every notation.",
    discussion: """
      A page with changes must be read without a trap, and what is written of it must be read as the same again. The time \
      for a large page must be in proportion to its length: a page of twice the length may take up to 3 times as long.

      Examples:
        trust readers --count 100000
        trust readers --count 0 --only notes
      """)

  @ArgumentParser.Option(help: "Pages with random changes.") var count = 10_000
  @ArgumentParser.Option(help: "The number of the first page.") var first: UInt64 = 0
  @ArgumentParser.Option(help: "Bytes of the large pages, in millions; 0 leaves them out.") var megabytes =
    10
  @ArgumentParser.Option(help: "Only large pages of kinds whose names contain this.") var only: String?

  func run() throws {
    let faults = changedPages() + (megabytes > 0 ? largePages() : 0)
    if faults > 0 { throw ExitCode(1) }
  }

  private func changedPages() -> Int {
    var read = 0
    var faults = 0
    for seed in first..<(first + UInt64(count)) {
      var random = SplitMix64(seed: seed)
      let text = random.mutatedPage()
      guard let page = try? Page(reading: text, name: "changed", figures: Scenarios.catalogue.spokenFigures)
      else { continue }
      read += 1
      guard let fault = page.firstWrittenFault() else { continue }
      faults += 1
      if faults <= 10 { tell("page \(seed): \(fault)\nwritten of the page\n\(text)\n") }
    }
    tell("\(count) pages with changes: \(read) with a ladder, \(faults) not read again as they were written")
    return faults
  }

  private func largePages() -> Int {
    let pages = LargePage.all.filter { page in only.map(page.kind.contains) ?? true }
    var faults = 0
    for page in pages {
      let growth = Growth(of: page, upTo: megabytes * 1_000_000)
      if !growth.isLinear { faults += 1 }
      tell("\(page.kind): \(growth.description)")
    }
    tell(
      "\(pages.count - faults) of \(pages.count) kinds of large pages are read in time in proportion to their length"
    )
    return faults
  }
}

/// The times that pages of one kind take, each of twice the length of the one before.
private struct Growth: CustomStringConvertible {
  private var times: [(octets: Int, time: Duration)] = []

  /// A shorter time says nothing about its growth.
  private static let shortest = Duration.milliseconds(200)

  init(of page: LargePage, upTo largest: Int) {
    var octets = largest
    while octets > 100_000 { octets /= 2 }
    while octets <= largest, isLinear {
      let text = page.text(octets: octets)
      times.append((text.utf8.count, Self.time(of: text)))
      // A busy machine makes one reading late, and not each.
      for _ in 0..<2 where !isLinear {
        times[times.count - 1].time = min(times[times.count - 1].time, Self.time(of: text))
      }
      octets *= 2
    }
  }

  private static func time(of text: String) -> Duration {
    let figures = Scenarios.catalogue.spokenFigures
    return ContinuousClock().measure { _ = try? Page(reading: text, name: "large", figures: figures) }
  }

  /// The time of the largest page over that of the one of half the length.
  private var ratio: Double? {
    guard times.count >= 2, let last = times.last, last.time > Self.shortest else { return nil }
    return last.time / times[times.count - 2].time
  }

  var isLinear: Bool { (ratio ?? 0) <= 3 }

  var description: String {
    guard let last = times.last else { return "not read" }
    let octets = Double(last.octets) / 1_000_000
    let time = last.time / Duration.seconds(1)
    let each = (time / octets * 1000).rounded() / 1000
    let growth = ratio.map { ", \(($0 * 10).rounded() / 10) times that of half the length" } ?? ""
    return
      "\((octets * 10).rounded() / 10) MB in \((time * 100).rounded() / 100) s, \(each) s per MB\(growth)"
      + (isLinear ? "" : ": NOT LINEAR")
  }
}

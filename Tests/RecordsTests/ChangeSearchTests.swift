import Kinds
import Records
import Testing

/// The search for the first kernel that does something else, without a kernel.
@Suite(.tags(.pure)) struct ChangeSearchTests {
  /// Runs until nothing is open; what a place does is told by its letter, `-` is one that gives no result.
  private func found(_ kernels: String, atMost lanes: Int = 1) -> (search: ChangeSearch, ran: [Int]) {
    let letters = Array(kernels)
    var search = ChangeSearch(count: letters.count)
    var ran: [Int] = []
    func run(_ places: [Int]) {
      for place in places {
        #expect(!ran.contains(place), "\(place) is run twice")
        ran.append(place)
        search.take(letters[place] == "-" ? nil : String(letters[place]), at: place)
      }
    }
    run([0, letters.count - 1])
    while case let places = ChangeSearch.next(for: [search], atMost: lanes), !places.isEmpty { run(places) }
    return (search, ran)
  }

  /// Wherever it is, and however many are run at a time.
  @Test(arguments: 1..<64, [1, 2, 3, 8]) func aChangeIsFoundWhereItIs(first: Int, lanes: Int) {
    let kernels = String(repeating: "a", count: first) + String(repeating: "b", count: 64 - first)
    let (search, ran) = found(kernels, atMost: lanes)
    #expect(search.changes == [.init(last: first - 1, first: first, before: "a", after: "b")])
    #expect(search.isDone && !search.isBackAndForth)
    if lanes == 1 { #expect(ran.count <= 2 + 6) }
  }

  @Test func equalEndsLeaveNothingToLookFor() {
    let (search, ran) = found("aabbaa")
    #expect(search.changes.isEmpty && ran == [0, 5] && search.isDone)
  }

  @Test func whatGivesNoResultIsSkippedAndTheAnswerIsARange() {
    let (search, _) = found("aaa---bbb")
    #expect(
      search.changes == [.init(last: 2, first: 6, before: "a", after: "b", skipped: [3, 4, 5], notRun: [])])
    // One that is silent elsewhere costs nothing of the answer.
    #expect(found("a-aab-bbb").search.changes == [.init(last: 3, first: 4, before: "a", after: "b")])
  }

  @Test func aThirdValueIsASecondChange() {
    let (search, _) = found("aaaabbbbbcccccc")
    #expect(search.changes.map(\.first) == [4, 9] && search.changes.map(\.after) == ["b", "c"])
    #expect(search.isBackAndForth)
  }

  /// A run for another change shows a change there and back.
  @Test func aChangeBackIsToldWhereItIsKnown() {
    var search = ChangeSearch(count: 6)
    for (place, value) in [(0, "a"), (2, "b"), (3, "a"), (5, "b")] { search.take(value, at: place) }
    #expect(search.changes.map(\.before) == ["a", "b", "a"] && search.isBackAndForth && !search.isDone)
    #expect(ChangeSearch.next(for: [search], atMost: 4) == [1, 4])
  }

  @Test func searchesShareWhatIsRun() {
    var searches = [ChangeSearch(count: 9), ChangeSearch(count: 9)]
    for index in searches.indices {
      searches[index].take("a", at: 0)
      searches[index].take("b", at: 8)
    }
    #expect(ChangeSearch.next(for: searches, atMost: 1) == [4])
    #expect(ChangeSearch.next(for: [], atMost: 3).isEmpty)
  }
}

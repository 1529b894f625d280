import Documents
import Notations
import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct BuiltInPagesTests {
  @Test(arguments: BuiltInPages.all.map(\.id)) func everyCellOfABuiltInPageIsRead(id: String) throws {
    let page = try #require(try BuiltInPages.page(id)?.read())
    #expect(page.unread.isEmpty)
    #expect(page.name == id && page.title != nil)
  }

  /// A person's copy of the page is read in all notations.
  @Test(arguments: BuiltInPages.everyPage.map(\.id)) func aCopyOfABuiltInPageIsReadAlike(id: String) throws {
    let builtIn = try #require(BuiltInPages.page(id))
    #expect(try builtIn.read() == Page(reading: builtIn.source, name: id))
  }

  @Test func theClaimsOfTheTablesAreThoseThatCanBeRun() throws {
    var claims: [String: Set<String>] = [:]
    for builtIn in BuiltInPages.all {
      let page = try builtIn.read()
      claims[builtIn.id] = Set(page.ladders.flatMap { $0.rungs.flatMap(\.claims) })
        .union(page.facts.flatMap { $0.rows.flatMap(\.claims) })
    }
    #expect(
      claims["three-steps"]
        == ids("A1", 1...6).union(ids("A2", 1...7)).union(ids("A3", 1...8)))
    #expect(
      claims["two-handshakes"]
        == ids("B1", 1...3).union(ids("B2", 1...10))
        .union(ids("B3", 1...5)))
  }

  @Test(arguments: [
    ("three-steps", "A1", 6), ("three-steps", "A2", 7), ("three-steps", "A3", 8), ("two-handshakes", "B1", 3),
    ("two-handshakes", "B2", 10), ("two-handshakes", "B3", 5),
  ])
  func everyClaimIsRestated(id: String, group: String, count: Int) throws {
    let page = try #require(try BuiltInPages.page(id)?.read())
    for number in 1...count {
      // Each reason names a section of a standard.
      #expect(BuiltInPages.reason(for: "\(group).\(number)")?.contains("(RFC ") == true, "\(group).\(number)")
      #expect(page.restatement(of: "\(group).\(number)")?.hasSuffix(").") == true, "\(group).\(number)")
    }
    #expect(page.restatement(of: "\(group).\(count + 1)") == nil)
  }

  @Test(arguments: BuiltInPages.demonstrations.map(\.id))
  func aPageOfOurOwnIsReadToItsEndAndRestatesItsClaims(id: String) throws {
    let page = try #require(try BuiltInPages.page(id)?.read())
    #expect(page.unread.isEmpty, "\(page.unread)")
    let claims =
      page.ladders.flatMap(\.rungs).flatMap(\.claims) + page.facts.flatMap(\.rows).flatMap(\.claims)
    #expect(!claims.isEmpty)
    for claim in claims { #expect(page.restatement(of: claim) != nil, "\(claim)") }
    #expect(!BuiltInPages.all.contains { $0.id == id })
  }

  @Test func noTwoBuiltInPagesUseTheSameId() throws {
    let claims = try BuiltInPages.everyPage.flatMap { try $0.read().claims.filter { !isCellID($0) } }
    #expect(claims.count > 100 && Set(claims).count == claims.count)
  }

  @Test func aRestatementMayGoOnInTheNextLine() throws {
    let page = try #require(try BuiltInPages.page("three-steps")?.read())
    #expect(
      page.restatement(of: "A2.3")?.hasSuffix("with sequence number 1401 (section 2, rows 4 to 6).") == true)
  }

  @Test func theClosingOfTheArticleHoldsEachClaimInARowOfItsOwn() throws {
    let rungs = try #require(try BuiltInPages.page("two-handshakes")?.read().ladders.last).rungs
    #expect(rungs.map(\.claims) == [["B2.1"], ["B2.2"], ["B2.4"], ["B2.5"], ["B2.8"]])
    #expect(rungs.map(\.cells.right.state) == [nil, .closeWait, .lastAck, nil, .closed])
    #expect(rungs[3].cells.left.state == .timeWait)
  }

  /// A ladder's last rung may hold states alone: what both ends are when all has been said.
  @Test func bothEndsOfTheArticleAreEstablishedInTheEnd() throws {
    let last = try #require(try BuiltInPages.page("two-handshakes")?.read().ladders.first?.rungs.last)
    #expect(last.cells.map(\.elements) == Both([.state(.established)]))
  }

  private func ids(_ group: String, _ numbers: some Sequence<Int>) -> Set<String> {
    Set(numbers.map { "\(group).\($0)" })
  }
}

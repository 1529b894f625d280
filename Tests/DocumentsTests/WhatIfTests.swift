import Documents
import Kinds
import Notations
import Testing

@Suite(.tags(.pure)) struct WhatIfTests {
  @Test(arguments: BuiltInPages.whatIfs.flatMap { $0.pages.map(\.id) })
  func aChangedCourseHasTwoLaddersAndRestatesItsClaims(id: String) throws {
    let page = try #require(try BuiltInPages.page(id)?.read())
    #expect(page.unread.isEmpty && page.ladders.count == 2, "\(page.unread)")
    #expect(page.title?.hasPrefix("What if") == true)
    let claims = page.claims.filter { !isCellID($0) }
    for claim in claims { #expect(page.restatement(of: claim) != nil, "\(claim)") }
    // The restatement of a page of ours has no place in an original behind it.
    for claim in claims { #expect(page.restatement(of: claim)?.hasSuffix(").") == false, "\(claim)") }
  }

  @Test func eachChangesALesson() {
    let lessons = Set(BuiltInPages.demonstrations.map(\.id))
    #expect(lessons.isSuperset(of: BuiltInPages.whatIfs.map(\.lesson)))
    #expect(BuiltInPages.lesson(changedBy: "syn-lost") == "handshake")
    #expect(BuiltInPages.lesson(changedBy: "handshake") == nil)
    #expect(BuiltInPages.changes(of: "data-transfer") == "ack-lost")
  }
}

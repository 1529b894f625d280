import Documents
import Kinds
import Notations
import Testing

@Suite(.tags(.pure)) struct CitedClaimTests {
  @Test(arguments: [
    ("<!-- claims A3.1 B2.2 -->", ["A3.1", "B2.2"]), ("<!-- claims A3.1 -->", ["A3.1"]),
    ("<!-- claims -->", nil),
    ("claims A3.1", nil), ("<!-- exhaustive -->", nil),
  ])
  func aCommentCitesClaims(line: String, claims: [String]?) {
    #expect(Page.claims(citedIn: line) == claims)
  }

  @Test(arguments: BuiltInPages.demonstrations.map(\.id))
  func aLessonCitesClaimsThatAnArticleMakes(id: String) throws {
    let articles = Set(try BuiltInPages.all.flatMap { try $0.read().claims })
    let cited = try #require(try BuiltInPages.page(id)?.read()).citedClaims
    #expect(articles.isSuperset(of: cited) && Set(cited).count == cited.count)
  }

  @Test(arguments: [("handshake", "A1.1"), ("data-transfer", "A2.3"), ("close-sequence", "B2.5")])
  func theLessonsOnTheThreeStepsCiteTheArticles(id: String, claim: String) throws {
    #expect(try #require(try BuiltInPages.page(id)?.read()).citedClaims.contains(claim))
  }
}

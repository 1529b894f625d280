import Claims
import Foundation
import Kinds
import Reports
import Testing
import Traces

@Suite(.tags(.pure)) struct JSONTests {
  @Test func theRunIsReadBackFromItsReport() throws {
    for sample in Samples.all {
      let json = sample.assessment.rendered(as: .json)
      #expect(try Run(reading: Array(json.utf8)) == sample.assessment.run, "\(sample.name)")
    }
  }

  @Test func everyClaimIsThereWithItsProof() throws {
    let json = Data(Samples.close.rendered(as: .json).utf8)
    let report = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    let verdicts = try #require(report["verdicts"] as? [[String: Any]])
    #expect(verdicts.compactMap { $0["id"] as? String } == Samples.close.claims.map(\.id))
    #expect(verdicts[0]["verdict"] as? String == "simplified")
    #expect(verdicts[0]["simplified"] as? Bool == true)
    let evidence = try #require(verdicts[0]["evidence"] as? [[String: Any]])
    let places = try #require(evidence[0]["events"] as? [Int])
    #expect(places.allSatisfy { Samples.close.run.traces[0].events[$0].segment != nil })
    #expect((verdicts[0]["parts"] as? [Any])?.count == 1)
  }
}

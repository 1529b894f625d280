import Claims
import Documents
import TCP

/// Steps of a document that are no segment and no call.
extension LadderJudgement {
  /// The places of segments that arrive in a later step than the one in which they leave.
  var lateSegments: Set<Int> {
    var places: Set<Int> = []
    for rung in runs.indices {
      for party in Party.allCases where ladder.rungs[rung].cells[party].elements.contains(.arrivesLater) {
        places.formUnion(runs[rung][party])
      }
    }
    return places
  }
}

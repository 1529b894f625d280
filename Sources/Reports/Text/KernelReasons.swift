import Claims
import Traces

extension Assessment {
  /// The kernel's own words for why it dropped a segment or sent an RST in what decided the claim: each once, with the
  /// conditions that it was said under, where there are several runs.
  func reasons(of claim: ClaimResult) -> [String] {
    var all: [String] = []
    let places = traces(of: claim)
    for index in places {
      let events = claim.verdict.evidence.filter { $0.trace == index }.flatMap(\.events)
      let trace = run.traces[index]
      let told = trace.kernelReasons(of: Set(events)).map(\.description).joined(separator: ", ")
      if told.isEmpty { continue }
      let text = places.count > 1 ? "\(told) (\(trace.variant.conditions.setBy))" : told
      if !all.contains(text) { all.append(text) }
    }
    return all
  }
}

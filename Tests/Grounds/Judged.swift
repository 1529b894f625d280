import Benches
package import Claims
import Traces

/// A page of one table with these rows (`| SYN | |`), run on a new bench of this ground and judged.
package func judged(_ rows: String, on ground: Ground) throws -> Assessment {
  let page = "| client | server |\n| --- | --- |\n" + rows
  return try Assessment(running: [Run.Source(name: "page.md", text: page)], on: try ground.bench())
}

/// The claims that are not confirmed, in words.
package func differences(_ assessment: Assessment) -> String {
  assessment.claims.filter { $0.verdict.kind != .confirmed }.map {
    "\($0.id) \($0.verdict.kind): \($0.verdict.expected) / \($0.verdict.seen) (\($0.verdict.reason ?? ""))"
  }.joined(separator: "\n")
}

package import Claims
package import Documents
package import Notations
import Traces

extension Assessment {
  /// One end of a run, as a packetdrill script: it passes on a kernel that does the same. Differences from the document are
  /// told at its head.
  ///
  /// - Parameter place: the place of the trace in the run.
  /// - Throws: ``PageError`` where it cannot be written as a ladder that runs.
  package func script(ofTrace place: Int, of party: Party) throws(PageError) -> WrittenScript {
    let trace = run.traces[place]
    let judgement = ladders.first { $0.trace == place }
    var remarks = [
      "What \(trace.names[party]) did on Linux \(run.machine.release) (\(run.machine.architecture))"
    ]
    if let judgement { remarks[0] += ": \(judgement.page):\(judgement.ladder.line)" }
    for part in judgement?.parts ?? [] where [.contradicted, .conditional].contains(part.verdict.kind) {
      remarks.append(
        "\(part.place.page):\(part.place.line) says \(part.verdict.expected); the kernel did: \(part.verdict.seen)"
      )
    }
    return try trace.ladder().script(
      of: party, page: judgement?.page ?? "the run", remarks: remarks + unreadRemarks)
  }

  /// The same as a report, of the first run of a ladder where none is chosen.
  func scriptReport(ofTrace wanted: Int?, of party: Party) -> String {
    guard let place = wanted ?? scriptedTrace else { return remark("There is no ladder.") }
    do { return try script(ofTrace: place, of: party).text } catch { return remark("\(error)") }
  }

  /// The run that a script is written of where none is chosen: the first ladder with a difference, or else the first.
  package var scriptedTrace: Int? {
    let different = ladders.first { ladder in
      ladder.parts.contains { [.contradicted, .conditional].contains($0.verdict.kind) }
    }
    return (different ?? ladders.first)?.trace
  }

  private func remark(_ text: String) -> String {
    ([text] + unreadRemarks).map { WrittenScript.comment($0) + "\n" }.joined()
  }
}

import ArgumentParser
import Claims
import Documents
import Reports
import Traces

/// The run that a drawing for a slide shows: a ladder by its number in the report, or what a claim is about.
enum DrawnRun: ExpressibleByArgument, Equatable {
  /// Counted from 1, in the order in which the ladders were run; of a run without ladders, of its connections.
  case number(Int)
  case claim(String)

  init?(argument: String) {
    if argument.isEmpty { return nil }
    self = Int(argument).map { .number($0) } ?? .claim(argument)
  }

  /// The place of the trace in its run.
  func place(in assessment: Assessment) throws -> Int {
    switch self {
    case .number(let number):
      let ladders = assessment.run.traces.indices.filter {
        if case .ladder = assessment.run.traces[$0].variant.subject { true } else { false }
      }
      let places = ladders.isEmpty ? Array(assessment.run.traces.indices) : ladders
      guard places.indices.contains(number - 1) else {
        throw DrawnRun.missing(number, of: places.count, ladders.isEmpty ? "connection" : "ladder")
      }
      return places[number - 1]
    case .claim(let id):
      guard let claim = assessment.claims.first(where: { $0.id == id }) else {
        let known = assessment.claims.map(\.id).joined(separator: ", ")
        throw Failure(
          "--ladder \(id): this run has no such claim" + (known.isEmpty ? "" : "; it has \(known)"),
          status: ExitCode(64))
      }
      let ladder = assessment.ladders.first { $0.parts.contains { $0.claims.contains(id) } }
      guard let place = ladder?.trace ?? claim.verdict.evidence.first?.trace else {
        throw Failure("--ladder \(id): no ladder of this run shows this claim", status: ExitCode(64))
      }
      return place
    }
  }

  /// Fails before anything is run where there will be no such ladder.
  func check(ladders: Int) throws {
    guard case .number(let number) = self, ladders > 0, !(1...ladders).contains(number) else { return }
    throw DrawnRun.missing(number, of: ladders, "ladder")
  }

  private static func missing(_ number: Int, of count: Int, _ noun: String) -> Failure {
    let there = count == 1 ? "there is 1 \(noun)" : "there are \(count) \(noun)s"
    return Failure("--ladder \(number): \(there) in this run", status: ExitCode(64))
  }
}

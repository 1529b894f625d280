import FoundationEssentials
package import Learning
import TCP

extension LearnedMachine {
  var json: String { jsonText(JSONMachine(self)) + "\n" }

  /// A text that is no machine as JSON.
  package struct NoMachine: Error {}

  /// Reads what `learn --format json` has written.
  ///
  /// - Throws: ``NoMachine`` where it is something else, or damaged.
  package init(reading json: [UInt8]) throws(NoMachine) {
    guard let read = try? JSONDecoder().decode(JSONMachine.self, from: Data(json)), read.kind == .machine,
      let machine = read.machine
    else { throw NoMachine() }
    self = machine
  }
}

private struct JSONMachine: Codable {
  var kind = JSONKind.machine
  var schema = 1
  var side: Side
  var family: Family
  var release: String
  /// Older programs do not say.
  var version: String?
  var depth: Int
  var words: Int
  var seed: UInt64
  var complete: Bool
  var counts: JSONCounts
  var inputs: [Stimulus]
  var states: [JSONState]

  struct JSONCounts: Codable {
    var queries: Int
    var steps: Int
    var tests: Int
    var testSteps: Int
  }

  struct JSONState: Codable {
    var state: Int
    var kernel: String
    var sockets: [JSONSocket]
    var access: [Stimulus]
    var edges: [JSONEdge]
  }

  struct JSONSocket: Codable {
    var state: State
    var descriptor: Bool
  }

  struct JSONEdge: Codable {
    var input: Stimulus
    var call: Response.Result?
    var segments: [Response.Answer]
    var target: Int
  }

  init(_ machine: LearnedMachine) {
    side = machine.side
    family = machine.family
    (release, version) = (machine.release, machine.version)
    (depth, words) = (machine.bounds.depth, machine.bounds.words)
    (seed, complete) = (machine.bounds.seed, machine.bounds.isComplete)
    counts = JSONCounts(
      queries: machine.counts.queries, steps: machine.counts.steps, tests: machine.counts.tests,
      testSteps: machine.counts.testSteps)
    inputs = machine.inputs
    let access = machine.accessWords
    states = (0..<machine.stateCount).map { state in
      JSONState(
        state: state, kernel: machine.title(of: state),
        sockets: machine.sockets[state].map { JSONSocket(state: $0.state, descriptor: $0.hasDescriptor) },
        access: access[state].map { machine.inputs[$0] },
        edges: zip(machine.inputs, machine.edges[state]).map {
          JSONEdge(input: $0, call: $1.output.call, segments: $1.output.segments, target: $1.target)
        })
    }
  }

  /// The machine, or nil where its parts do not fit together.
  var machine: LearnedMachine? {
    guard !states.isEmpty,
      states.allSatisfy({ state in
        state.edges.map(\.input) == inputs && state.edges.allSatisfy { states.indices.contains($0.target) }
      })
    else { return nil }
    var asked = AskedCounts()
    (asked.queries, asked.steps) = (counts.queries, counts.steps)
    (asked.tests, asked.testSteps) = (counts.tests, counts.testSteps)
    return LearnedMachine(
      side: side, family: family, release: release, version: version,
      bounds: LearnedMachine.Bounds(depth: depth, words: words, seed: seed, isComplete: complete),
      counts: asked, inputs: inputs,
      sockets: states.map { $0.sockets.map { KernelSocket(state: $0.state, hasDescriptor: $0.descriptor) } },
      edges: states.map { state in
        state.edges.map {
          LearnedMachine.Edge(output: Response(call: $0.call, segments: $0.segments), target: $0.target)
        }
      })
  }
}

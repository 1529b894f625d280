import Benches
import Claims
import Documents
import Linux
import Records
import Scenarios
import TCP
import Traces

/// Records as the program makes them, of a world that may be another one.
enum Recording {
  /// All that a record holds, or what of it is wanted, without what waits for longer than this, in seconds.
  static func playables(longest: Int, isWanted: (String) -> Bool = { _ in true }) throws -> [Playable] {
    let pages = try BuiltInPages.everyPage.map { try $0.read() }
    return PlayList.recorded(from: pages).filter {
      PlayList.wait(for: $0) <= longest && isWanted(Record.name(of: $0.play(on: .wire, .ipv4)))
    }
  }

  /// - Parameter lanes: one, where the bench is not an ordinary one of its kind.
  static func record(_ playables: [Playable], on bench: any Bench, lanes: Int) throws -> Record {
    let order = playables.sorted { PlayList.wait(for: $0) > PlayList.wait(for: $1) }
    let traces = try Scenarios.play(order, on: bench, lanes: lanes, tries: 200, isolated: true)
    let machine = Machine(release: System.release, architecture: System.machine, hertz: nil, time: 0)
    let run = Run(version: "trust", command: "trust", machine: machine, documents: [], traces: traces)
    return Record(of: run, environment: Environment())
  }

  /// What a record says of the kernel, as text.
  static func behaviour(of record: Record) -> String {
    var bare = record
    bare.environment = Environment()
    return bare.markdown
  }
}

/// A line for whoever waits, also where it goes through a pipe.
func tell(_ text: String) { try? WholeFile.write(Array((text + "\n").utf8), to: 1) }

import ArgumentParser
import ChangedKernels
import Linux
import Records

struct Unmoved: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the figures that nothing has moved.",
    discussion: """
      A figure whose value is the same whatever is done tells nothing. The records of a folder were made on one kernel under \
      other sysctls (trust sysctls --into), on changed kernels (trust kernel-changes) or on several kernels (tcpprobe \
      kernels --keep). A figure has moved if two conditions of one record give other values, or two families, or two \
      records of a folder.

      Examples:
        swift run -c release trust unmoved /tmp/sysctls
        swift run -c release trust unmoved ~/.cache/tcpprobe/kernel-changes/records-* records/

      Exit status: 0 each figure has moved, 1 some have not, 2 a folder holds no two records.
      """)

  @Argument(help: "Folders of records.") var folders: [String]

  func run() throws {
    var figures = MovedFigures()
    var count = 0
    for folder in folders {
      let paths = WholeFile.names(in: folder).filter { $0.hasSuffix(".md") }.sorted().map {
        "\(folder)/\($0)"
      }
      let records = paths.compactMap(read)
      guard records.count > 1 else {
        tell("\(folder): expected at least two records (*.md), found \(records.count)")
        throw ExitCode(2)
      }
      figures.add(records)
      count += records.count
    }
    let unmoved = figures.unmoved
    for (section, names) in unmoved { print("\(section): \(names.joined(separator: "; "))") }
    let still = unmoved.reduce(0) { $0 + $1.names.count }
    print("\(still) of \(figures.count) figures never moved in \(count) records")
    if still > 0 { throw ExitCode(1) }
  }

  /// Nil for a page that is no record, with a line that says so.
  private func read(_ path: String) -> Record? {
    do {
      let text = String(decoding: try WholeFile.read(path, limit: 1 << 26), as: UTF8.self)
      return try Record(reading: text, name: path)
    } catch {
      tell("\(error); left out")
      return nil
    }
  }
}

/// A record of one behaviour, as tcpprobe writes it.
enum SmallRecord {
  static func text(_ release: String, _ errno: String, settings: [(name: String, value: String)] = [])
    -> String
  {
    let rows = settings.map { "| \($0.name) | \($0.value) | default |" }.joined(separator: "\n")
    let table = settings.isEmpty ? "Nothing." : "| what | value | set by |\n| --- | --- | --- |\n\(rows)"
    return """
      # Linux \(release): what its TCP did

      <!-- tcpprobe record, schema 2 -->

      Made by `tcpprobe record`. Compare another kernel with it: `tcpprobe check FILE`.

      ## Environment

      | what | value | set by |
      | --- | --- | --- |
      | kernel release | \(release) | |

      ## Settings

      \(table)

      ## Behaviour

      ### closed port

      | what | value | set by |
      | --- | --- | --- |
      | connect() where nobody listens | \(errno) | by default |

      <!-- end of record, 1 behaviours -->

      """
  }
}

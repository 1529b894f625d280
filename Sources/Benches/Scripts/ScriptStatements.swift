import Documents
import Linux
import TCP
import Traces

extension ScriptRun {
  /// The values of the names in these statements; nil where the run ends because one cannot be read.
  func values(for statements: [CodeStatement]) throws -> [String: Int]? {
    let names = Set(
      statements.flatMap { statement in
        switch statement {
        case .assert(let expression), .assign(_, _, let expression): expression.names
        }
      })
    guard let descriptor = stage.current?.descriptor?.live else {
      trace.reason = .other("there is no socket whose TCP_INFO could be read")
      return nil
    }
    var values: [String: Int] = [:]
    let infoNames = names.filter(CodeNames.isInfo)
    if !infoNames.isEmpty {
      let info = try benchStep("read TCP_INFO") { try readInfo(ofDescriptor: CInt(descriptor)) }
      for name in infoNames {
        guard let value = CodeNames.value(of: name, in: info) else {
          trace.reason = .notOnThisKernel("TCP_INFO has no \(name)")
          return nil
        }
        values[name] = value
      }
    }
    if names.contains(where: CodeNames.memory.contains) {
      let answer = try benchStep("read SO_MEMINFO") {
        try PlainCalls.option(descriptor, ScriptConstants.values["SOL_SOCKET"] ?? 1, 55, length: 36)
      }
      for (place, name) in CodeNames.memory.enumerated() where names.contains(name) {
        let octets = answer.value.dropFirst(place * 4).prefix(4)
        values[name] = octets.reversed().reduce(0) { $0 << 8 | Int($1) }
      }
    }
    return values
  }
}

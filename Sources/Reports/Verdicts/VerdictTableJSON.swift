import Claims

extension VerdictTable {
  /// The table for programs: all files.
  package func jsonReport() -> String { jsonText(JSONVerdicts(self)) + "\n" }
}

private struct JSONVerdicts: Encodable {
  var kind = JSONKind.verdicts
  var schema = 1
  var kernels: [JSONKernel]
  var files: [JSONFile]
  /// The number of files with the same verdicts on all kernels.
  var same: Int
  /// Pages without a TCP exchange.
  var without: [String]

  struct JSONKernel: Encodable {
    var version: String
    var release: String
    var origin: String
    var guestSeconds: Int
    var seconds: Int
  }

  struct JSONFile: Encodable {
    var file: String
    var differs: Bool
    /// The place among the kernels of the first with another verdict; nil unless it changes once.
    var from: Int?
    /// One for each kernel; null where it has none.
    var verdicts: [JSONFileVerdict?]
    var claims: [JSONClaim]
  }

  struct JSONClaim: Encodable {
    var claim: String
    var from: Int?
    var verdicts: [JSONFileVerdict?]
  }

  struct JSONFileVerdict: Encodable {
    var verdict: String
    var line: Int?
    var detail: String?

    init(_ verdict: FileVerdict) {
      self.verdict = verdict.mark.rawValue
      line = verdict.line
      detail = verdict.detail
    }
  }

  init(_ table: VerdictTable) {
    kernels = table.kernels.map {
      JSONKernel(
        version: $0.version, release: $0.release, origin: $0.origin, guestSeconds: $0.guestSeconds,
        seconds: $0.seconds)
    }
    files = table.rows.map { row in
      JSONFile(
        file: row.name, differs: !row.isSame, from: row.from,
        verdicts: row.verdicts.map { $0.map(JSONFileVerdict.init) },
        claims: row.claims.map {
          JSONClaim(
            claim: $0.name, from: $0.from, verdicts: $0.verdicts.map { $0.map(JSONFileVerdict.init) })
        })
    }
    same = table.rows.count(where: \.isSame)
    without = table.without
  }
}

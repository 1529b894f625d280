import ChangedKernels

/// A change that is to be run: a random one, or a fix that is taken back.
struct ChangedKernel {
  var id: String
  /// Empty where this kernel has no such place.
  var edits: [KernelEdit]
  /// The random numbers of its guest.
  var seed = BaselineRecord.seed
  private var place: (file: String, function: String, what: String)

  init(_ random: RandomEdits.Numbered) {
    id = random.id
    edits = [random.edit]
    place = (random.edit.file, random.edit.function, random.edit.what)
  }

  init(_ fix: UndoneFix, in tree: KernelTree) {
    id = fix.name
    edits = tree.text(of: fix.file).flatMap { fix.edits(in: $0) } ?? []
    place = (fix.file, fix.function, "\(fix.fault) (before \"\(fix.subject)\")")
  }

  /// The unchanged kernel in a guest with other random numbers: whatever its record tells of is a false alarm.
  init(unchangedWith seed: Int) {
    id = "unchanged-\(seed)"
    edits = []
    self.seed = seed
    place = ("", "", "nothing; random numbers \(seed)")
  }

  var line: Int { edits.first?.line ?? 0 }

  func result(_ outcome: ChangeResult.Outcome) -> ChangeResult {
    ChangeResult(
      id: id, file: place.file, function: place.function, line: line, what: place.what, outcome: outcome)
  }

  /// `s1-3-0a1b2c  net/ipv4/tcp.c:120 tcp_close(): < instead of <=`.
  var told: String {
    let missing = edits.isEmpty ? ": not in this kernel" : ""
    return "\(id)  \(place.file):\(line) \(place.function)(): \(place.what)\(missing)"
  }
}

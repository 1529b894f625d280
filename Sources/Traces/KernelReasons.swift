import Documents

/// A reason that the kernel gave, in its own word, or as its number where it has no word for it.
package struct KernelReason: Hashable, Sendable {
  package enum What: Hashable, Sendable {
    /// It freed a segment without using it.
    case discard
    /// The same of a segment that arrived once more.
    case discardOfCopy
    /// It sent an RST.
    case reset
  }

  package var what: What
  package var reason: String

  package init(_ what: What, _ reason: String) {
    self.what = what
    self.reason = reason
  }
}

extension KernelReason: CustomStringConvertible {
  package var description: String {
    switch what {
    case .discard: "dropped: \(reason)"
    case .discardOfCopy: "its copy dropped: \(reason)"
    case .reset: "RST, reason: \(reason)"
    }
  }
}

extension Trace {
  /// The reasons that the kernel gave, each with the place of the segment that it is of: a segment that left or was made up.
  /// `arrival` is the place where the segment of a discard arrived; nil for one that was made up.
  package var kernelReasons: [(segment: Int, arrival: Int?, reason: KernelReason)] {
    var all: [(segment: Int, arrival: Int?, reason: KernelReason)] = []
    var pending: Both<String?> = Both(nil)
    for (place, event) in events.enumerated() {
      switch event.what {
      case .discarded(let segment, let reason):
        let arrivals = events[..<place].indices.filter {
          if case .delivered(segment) = events[$0].what { true } else { false }
        }
        all.append(
          (segment, arrivals.last, KernelReason(arrivals.count > 1 ? .discardOfCopy : .discard, reason)))
      case .resetting(let reason):
        if let party = event.party { pending[party] = reason }
      case .segment(let segment, _) where segment.flags.contains(.rst):
        guard let party = event.party, let reason = pending[party] else { continue }
        all.append((place, nil, KernelReason(.reset, reason)))
        pending[party] = nil
      default: break
      }
    }
    return all
  }

  /// The reasons that the kernel gave for what these events show, in the order of time, each once.
  package func kernelReasons(of places: some Collection<Int>) -> [KernelReason] {
    var all: [KernelReason] = []
    for told in kernelReasons where places.contains(told.segment) && !all.contains(told.reason) {
      all.append(told.reason)
    }
    return all
  }
}

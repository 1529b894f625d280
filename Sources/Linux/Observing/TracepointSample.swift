extension Tracepoint {
  /// One hit of a tracepoint.
  package struct Sample: Hashable, Sendable {
    /// Nanoseconds of CLOCK_MONOTONIC.
    package var time: Int64
    package var cpu: Int
    /// The thread that ran on the CPU; for what the kernel did in an interrupt that is whoever was interrupted.
    package var tid: Int32
    /// The record, to be read by the tracepoint's ``TracepointFormat``; may have padding at its end.
    package var raw: [UInt8]

    package init(time: Int64, cpu: Int, tid: Int32, raw: [UInt8]) {
      self.time = time
      self.cpu = cpu
      self.tid = tid
      self.raw = raw
    }
  }
}

/// The records in a ring of perf_event_open, read as far as their lengths fit (`perf_event_mmap_page`).
package struct RingRecords: Equatable {
  package private(set) var samples: [Tracepoint.Sample] = []
  /// The sum of the kernel's records of loss. A ring that stays full brings none.
  package private(set) var lost: UInt64 = 0

  package init(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let type = rest.number(UInt32.self, at: 0),
      let size = rest.number(UInt16.self, at: 6).map(Int.init),
      size >= 8, let body = rest.part(at: 8, count: size - 8)
    {
      switch type {
      case Kind.sample:
        if let sample = Tracepoint.Sample(body: body) { samples.append(sample) }
      case Kind.lost:
        // After the identifier of the event.
        lost &+= body.number(UInt64.self, at: 8) ?? 0
      default: break
      }
      rest = rest.dropFirst(size)
    }
  }

  /// `PERF_RECORD_LOST`, `PERF_RECORD_SAMPLE`.
  private enum Kind {
    static let lost: UInt32 = 2
    static let sample: UInt32 = 9
  }
}

extension Tracepoint.Sample {
  /// Reads the fields PERF_SAMPLE_TID, TIME, CPU and RAW of a record, in the order in which the kernel writes them.
  fileprivate init?(body: ArraySlice<UInt8>) {
    guard let tid = body.number(Int32.self, at: 4), let time = body.number(Int64.self, at: 8),
      let cpu = body.number(UInt32.self, at: 16), let size = body.number(UInt32.self, at: 24),
      let raw = body.part(at: 28, count: Int(size))
    else { return nil }
    self.init(time: time, cpu: Int(cpu), tid: tid, raw: Array(raw))
  }
}

package import Claims
import Traces

extension Closing {
  /// Why TIME_WAIT was as long as it was, and what to do about it, with this run's figures.
  package static func timeWait(_ assessment: Assessment) -> Closing {
    let values = MeasuredValues(of: assessment.run)
    var sections: [(title: String, paragraphs: [String])] = []
    let length = values["length of TIME_WAIT"] ?? values["timer that TIME_WAIT begins with"]
    if let length {
      let lasted = values["length of TIME_WAIT"] != nil
      var text = (lasted ? "It lasted \(length) here. " : "Its timer began at \(length). ")
      text += "The constant is 60 s: TCP_TIMEWAIT_LEN, in the kernel's source, where RFC 9293 has 4 minutes."
      if let hertz = assessment.run.machine.hertz {
        text += " " + Wheel(hertz: hertz).sentence
      }
      sections.append(("Why that long", [text]))
    }
    sections += crowd(values)
    sections.append(("What to do about it", advice))
    return Closing(sections)
  }

  private static func crowd(_ values: MeasuredValues) -> [(title: String, paragraphs: [String])] {
    guard let held = values["connections in TIME_WAIT"].flatMap({ Int($0) }) else { return [] }
    var paragraphs: [String] = []
    var text = "\(grouped(held)) connections were in TIME_WAIT at once"
    if let destinations = values["destinations"] {
      text += destinations == "1" ? ", all to one destination" : ", to \(destinations) destinations"
    }
    if let time = values["time to make them"] { text += "; making them took \(time)" }
    text += "."
    if let size = values["memory of one TIME_WAIT"] {
      text += " Each has \(size) of kernel memory and no descriptor."
    }
    if let growth = values["growth of the kernel's memory"] {
      text += " With ports and tables the kernel's slabs grew by \(growth)."
    }
    if let table = values["reading the table"] { text += " To list them all took sock_diag \(table)." }
    paragraphs.append(text)
    if let ports = values["ports to one destination"].flatMap({ Int($0) }) {
      paragraphs.append(
        "connect() to the first destination failed after \(grouped(ports)) of them: \(grouped(ports)) ports in 60 s"
          + " are \(grouped(ports / 60)) connections a second to one address and port, and no more.")
    }
    return [("What they cost", paragraphs)]
  }

  private static let advice = [
    "Mostly nothing: a TIME_WAIT costs next to nothing, and does its work.",
    "A server that cannot start again: SO_REUSEADDR before bind(), as every server should.",
    "A client that runs out of ports (EADDRNOTAVAIL): keep connections open and use them again; or more destination"
      + " addresses or ports, a wider ip_local_port_range, tcp_tw_reuse at 1 where timestamps are on.",
    "Not tcp_fin_timeout, which is about another state; not a small tcp_max_tw_buckets or SO_LINGER with 0, which do"
      + " away with TIME_WAIT and leave errors to the other end. tcp_tw_recycle is gone since Linux 4.12.",
  ]
}

/// The figures of a run by their names; of several plays the first that could be taken.
private struct MeasuredValues {
  private var values: [String: String] = [:]

  init(of run: Run) {
    for event in run.traces.flatMap(\.events) {
      guard case .measurement(let figure) = event.what, let value = figure.value else { continue }
      if values[figure.name] == nil { values[figure.name] = value.description }
    }
  }

  subscript(_ name: String) -> String? { values[name] }
}

/// The kernel's timer wheel (kernel/time/timer.c): the further away a timer is, the coarser the buckets that it is put
/// into, and it fires when its bucket's time is over.
package struct Wheel {
  package let hertz: Int

  package init(hertz: Int) { self.hertz = hertz }

  /// Ticks of the bucket that a timer of 60 s falls into: 8 to the power of its level.
  package var ticks: Int {
    var level = 0
    // A level holds what is less than 63 of its own buckets away.
    while 60 * hertz >= 63 << (3 * level) { level += 1 }
    return 1 << (3 * level)
  }

  var sentence: String {
    let width = readable(nanoseconds: Int64(ticks) * 1_000_000_000 / Int64(hertz))
    return
      "What is above that is the timer wheel's: HZ is \(hertz) here, and a timer so far away lies in a bucket of"
      + " \(ticks) ticks. It fires when the bucket is over: never early, and up to \(width) late."
  }
}

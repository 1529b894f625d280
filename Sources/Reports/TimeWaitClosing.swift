package import Claims
package import Traces

extension Closing {
  /// Explains the length of TIME_WAIT, and what many of them cost, with this run's figures.
  ///
  /// - Parameter figures: those of which something is said, where the run has them.
  package static func timeWait(_ assessment: Assessment, with figures: TimeWaitFigures) -> Closing {
    let values = MeasuredValues(of: assessment.run)
    var sections: [(title: String, paragraphs: [String])] = []
    let length = values[figures.length] ?? values[figures.timer]
    if let length {
      let lasted = values[figures.length] != nil
      var text = (lasted ? "It lasted \(length) here. " : "Its timer began at \(length). ")
      text +=
        "The kernel has a constant of 60 s for it, TCP_TIMEWAIT_LEN; RFC 9293 specifies 4 minutes (2 MSL)."
      if let hertz = assessment.run.machine.hertz {
        text += " " + Wheel(hertz: hertz).sentence
      }
      sections.append(("Why TIME_WAIT lasts this long", [text]))
    }
    sections += crowd(values, figures)
    return Closing(sections)
  }

  private static func crowd(
    _ values: MeasuredValues, _ figures: TimeWaitFigures
  ) -> [(title: String, paragraphs: [String])] {
    guard case .count(let held)? = values[figures.connections] else { return [] }
    var paragraphs: [String] = []
    var text = "\(grouped(held)) connections were in TIME_WAIT at once"
    if let destinations = values[figures.destinations] {
      text += destinations == .count(1) ? ", all to one destination" : ", to \(destinations) destinations"
    }
    if let time = values[figures.timeToMake] { text += "; making them took \(time)" }
    text += "."
    if let size = values[figures.memoryOfOne] {
      text += " Each uses \(size) of kernel memory and no descriptor."
    }
    if let growth = values[figures.memoryGrowth] {
      text += " Including ports and tables, the kernel's slab memory grew by \(growth)."
    }
    if let table = values[figures.tableReading] {
      text += " Listing all of them with sock_diag took \(table)."
    }
    paragraphs.append(text)
    if case .count(let ports)? = values[figures.portsToOneDestination] {
      paragraphs.append(
        "In a second run, connect() to one destination failed after \(grouped(ports)) connections, because no port was left."
          + " \(grouped(ports)) ports in 60 s allow \(grouped(ports / 60)) connections per second to one address and port."
      )
    }
    return [("What they cost", paragraphs)]
  }
}

/// The figures of a run by their names; of several runs the first that could be taken.
private struct MeasuredValues {
  private var values: [String: Value] = [:]

  init(of run: Run) {
    for event in run.traces.flatMap(\.events) {
      guard case .measurement(let figure) = event.what, let value = figure.value else { continue }
      if values[figure.name] == nil { values[figure.name] = value }
    }
  }

  subscript(_ figure: Traces.Figure) -> Value? { values[figure.name] }
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
      "The kernel's timer wheel can make it longer: on any kernel by at most one eighth, and on this kernel, with HZ"
      + " \(hertz) and a granularity of \(counted(ticks, "tick")) for a timer of this length, by up to \(width). A timer never"
      + " expires early."
  }
}

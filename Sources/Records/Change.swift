package import Documents
package import TCP
package import Traces

/// Something that two records say differently of the same thing.
package struct Change: Equatable, Sendable {
  package var subject: Subject
  package var difference: Difference
  /// The readers who notice it first.
  package var notice: Figure.Notice
  /// The sysctls that it is due to: those that differ and are declared to bear on it, or those that an experiment found.
  /// Empty where only the kernel's code can have changed.
  package var settings: [SettingChange]
  /// Tells whether an experiment found them: with them turned back, it is as before; where there are none, turning back
  /// all that differ changes nothing.
  package var isTried = false
  /// The known difference between kernels, in a sentence; nil if there is none.
  package var known: String?
  /// The observer of the later value; nil if its record is a page, which does not say.
  package var observer: String?
  /// The only family that it is on; nil where it is on both, or only one was run.
  package var family: Family?
  /// The reason why this change was expected; nil if it was not accepted.
  package var accepted: String?

  /// The same thing in two records.
  package struct Subject: Hashable, Sendable {
    /// The section of the record.
    package var section: String
    /// Nil for the section's ladder.
    package var what: String?
    package var setBy: String

    package init(section: String, what: String?, setBy: String) {
      self.section = section
      self.what = what
      self.setBy = setBy
    }

    /// The name of all that a run leaves beside its figures.
    static let trace = "packets, timers and counters"

    /// A run as a whole, as one that hangs.
    static func wholeRun(of section: String) -> String { "run of \(section)" }

    /// Tells whether it is a run as a whole.
    var isWholeRun: Bool { what == Self.wholeRun(of: section) }

    /// `connect() where nobody listens (by default)`, of IPv6 in a record of both families with `, IPv6` behind it.
    package var name: String {
      guard let what else { return section }
      return what == Self.trace
        ? "\(section): \(what) (\(setBy))"
        : "\(what) (\(setBy))" + (FamilyMark(section).family.map(FamilyMark.text) ?? "")
    }

    /// The name without the family.
    package var plainName: String {
      var subject = self
      subject.section = Record.plainName(section)
      return subject.name
    }
  }

  package enum Difference: Equatable, Sendable {
    case figure(before: Value, after: Value)
    /// With the index of the first rung that differs.
    case ladder(before: Ladder, after: Ladder, rung: Int)
    /// All that a run left, with the first lines that differ.
    case trace(before: String, after: String)
  }

  /// Tells whether it is a run that ended before and does not now.
  package var isHang: Bool { subject.isWholeRun }

  /// Tells whether no figure tells of it.
  package var isOfTrace: Bool { if case .trace = difference { true } else { false } }

  /// Tells whether a call returns something else, a socket is in another state, or a run or a ladder hangs.
  var isOfOutcome: Bool {
    switch difference {
    case .figure(let before, let after): isHang || subject.what == nil || before.isOutcome || after.isOutcome
    case .ladder(let before, let after, _): before.states != after.states
    case .trace: false
    }
  }

  /// Takes the result of an experiment.
  package mutating func attribute(to settings: [SettingChange]) {
    self.settings = settings
    isTried = true
  }

  /// Both values in short; of a ladder the first rung that differs.
  package var values: (before: String, after: String) {
    switch difference {
    case .figure(let before, let after): return (before.description, after.description)
    case .trace(let before, let after): return (before, after)
    case .ladder(let before, let after, let rung):
      func text(_ ladder: Ladder) -> String {
        guard ladder.rungs.indices.contains(rung) else { return "nothing more" }
        let cells = ladder.rungs[rung].cells
        return Party.allCases.filter { !cells[$0].text.isEmpty }
          .map { "\(ladder.parties[$0]) \(cells[$0].text)" }.joined(separator: ", ")
      }
      return (text(before), text(after))
    }
  }
}

/// A sysctl that two records have otherwise.
package struct SettingChange: Equatable, Sendable {
  package var name: String
  package var kind: Kind
  /// Tells whether the two records were made under different values: where a default has moved, both may have been
  /// given the same one.
  package var isInForce = true
  package var known: String?
  package var accepted: String?

  package enum Kind: Equatable, Sendable {
    /// The kernel begins with another value.
    case anotherDefault(before: String, after: String)
    /// Somebody has set it otherwise: it was run under another value.
    case anotherValue(before: String, after: String)
    case came(value: String)
    case went(value: String)
  }

  package var values: (before: String, after: String) {
    switch kind {
    case .anotherDefault(let before, let after), .anotherValue(let before, let after): (before, after)
    case .came(let value): ("no such setting", value)
    case .went(let value): (value, "no such setting")
    }
  }
}

/// Something that cannot be compared, and why.
package struct Skip: Equatable, Sendable {
  package var subject: Change.Subject
  package var reason: Reason
}

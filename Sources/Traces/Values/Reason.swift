/// The reason why there is no value.
///
/// ``description`` is its one text, and ``init(reading:)`` reads it again.
package enum Reason: Hashable, Sendable {
  /// The machine held the run up each time that it was begun.
  case disturbed(String)
  /// The run was not over when it was given up, though the machine let it go on: the kernel did not do what it was
  /// waited for.
  case timedOut(String)
  /// A person left it out by this option.
  case leftOut(by: Omission)
  /// It can be measured elsewhere: on another bench, with more privileges, with another observer.
  case needs(String)
  /// The kernel lacks what is asked for: a setting, an option, a value of one. That is something the kernel does.
  case notOnThisKernel(String)
  /// Anything else, in a sentence: most often what the scenario relied on and did not see.
  case other(String)

  /// Tells whether another run on a quiet machine may give a value.
  package var isDisturbance: Bool { if case .disturbed = self { true } else { false } }
}

extension Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .disturbed(let text): Self.disturbance + text
    case .timedOut(let text): Self.timeout + text
    case .leftOut(let omission): Self.omission + omission.rawValue
    case .needs(let text): Self.need + text
    case .notOnThisKernel(let text): Self.lack + text
    case .other(let text): text
    }
  }

  private static let disturbance = "disturbed: "
  private static let timeout = "timed out: "
  private static let omission = "left out by "
  private static let need = "needs "
  private static let lack = "not on this kernel: "

  /// Reads a reason as ``description`` writes it, and as records of version 0.1.0 have it.
  package init(reading text: String) {
    func rest(after beginning: String) -> String? {
      text.hasPrefix(beginning) ? String(text.dropFirst(beginning.count)) : nil
    }
    if let text = rest(after: Self.disturbance) {
      self = .disturbed(text)
    } else if let text = rest(after: Self.timeout) {
      self = .timedOut(text)
    } else if let omission = rest(after: Self.omission).flatMap(Omission.init(rawValue:)) {
      self = .leftOut(by: omission)
    } else if let text = rest(after: Self.need) {
      self = .needs(text)
    } else if let text = rest(after: Self.lack) {
      self = .notOnThisKernel(text)
    } else {
      self = Self.earlier(text) ?? .other(text)
    }
  }

  /// The beginnings of reasons in records of version 0.1.0, which did not name the kind.
  private static func earlier(_ text: String) -> Reason? {
    let busy = ["the machine stalled", "the machine was too busy", "not waited for"]
    if busy.contains(where: text.hasPrefix) { return .disturbed(text) }
    if text.hasPrefix("it was not over ") { return .timedOut(text) }
    let lack = "this kernel has no "
    if text.hasPrefix(lack) { return .notOnThisKernel("there is no \(text.dropFirst(lack.count))") }
    return text.hasSuffix(" cannot be set: EINVAL") ? .notOnThisKernel(text) : nil
  }
}

extension Reason: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(reading: text) }
}

extension Reason: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(reading: try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

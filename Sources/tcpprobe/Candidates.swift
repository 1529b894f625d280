import Guests
import TCP

/// A kernel that may be run, perhaps not fetched yet.
struct Candidate {
  /// `6.12.107`.
  var version: String
  /// The name that its maker gave it, if that says more.
  var name: String
  /// The file and the build of an image, which tell it from others of the same version; nil for a package.
  var origin: String?
  /// Finds it, or fetches it.
  var image: () throws(GuestError) -> Image

  /// The title in a report, where no other kernel has the same version.
  private var shortTitle: String {
    name.hasPrefix(version) || name.isEmpty ? version : "\(version) (\(name))"
  }

  /// The title with all that is known of where it comes from.
  var fullTitle: String { origin.map { "\(version) (\($0))" } ?? shortTitle }

  /// True if another kernel has the same short title.
  var isToldApart = false

  /// The title in a report.
  var title: String { isToldApart ? fullTitle : shortTitle }

  init(_ image: Image) {
    version = image.version
    name = image.release
    origin = image.origin
    self.image = { () throws(GuestError) in image }
  }

  init(_ package: Debian.Package, of debian: Debian) {
    version = package.numbers.map(String.init).joined(separator: ".")
    name = ["linux-image-", "linux-binary-"].reduce(package.name) { name, prefix in
      name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }
    image = { () throws(GuestError) in try debian.image(of: package) }
  }

  /// These, with titles that tell each from the others.
  static func toldApart(_ candidates: [Candidate]) -> [Candidate] {
    let counts = Dictionary(candidates.map { ($0.title, 1) }, uniquingKeysWith: +)
    return candidates.map { candidate in
      var candidate = candidate
      candidate.isToldApart = counts[candidate.title] != 1
      return candidate
    }
  }

  /// Oldest first; of the same version in the order in which they were given.
  static func inOrder(_ candidates: [Candidate]) -> [Candidate] {
    candidates.enumerated().sorted { first, second in
      let (one, other) = (first.element.version, second.element.version)
      if KernelOrder.isOlder(one, other) { return true }
      return !KernelOrder.isOlder(other, one) && first.offset < second.offset
    }.map(\.element)
  }
}

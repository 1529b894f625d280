import Guests
import TCP

/// A kernel that may be run, perhaps not fetched yet.
struct Candidate {
  /// `6.12.107`.
  var version: String
  /// The name that its maker gave it, if that says more.
  var name: String
  /// Finds it, or fetches it.
  var image: () throws(GuestError) -> Image

  /// The title in a report.
  var title: String { name.hasPrefix(version) || name.isEmpty ? version : "\(version) (\(name))" }

  init(_ image: Image) {
    version = image.version
    name = image.release
    self.image = { () throws(GuestError) in image }
  }

  init(_ package: Debian.Package, of debian: Debian) {
    version = package.numbers.map(String.init).joined(separator: ".")
    name = ["linux-image-", "linux-binary-"].reduce(package.name) { name, prefix in
      name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }
    image = { () throws(GuestError) in try debian.image(of: package) }
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

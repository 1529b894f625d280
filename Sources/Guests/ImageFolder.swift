import Linux
import SystemPackage

extension Image {
  /// The kernels in a folder: of one unpacked package, of many side by side, or a tree in which one was built.
  ///
  /// - Throws: ``GuestError`` where there is none.
  package static func all(in folder: String) throws(GuestError) -> [Image] {
    let folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let inside = WholeFile.names(in: folder).filter { !$0.hasPrefix(".") }.sorted()
      .map { folder == "/" ? "/\($0)" : "\(folder)/\($0)" }.filter { WholeFile.isFolder($0) }
    let packages = [folder] + inside
    var images: [Image] = []
    for package in packages {
      for path in paths(in: package) {
        // What is named so may be something else, as an old `vmlinuz.old` that was cut short.
        guard var image = try? Image(at: path), !images.contains(where: { $0.banner == image.banner }) else {
          continue
        }
        // A package's modules may be another package.
        let homes = [package] + packages
        let modules = homes.lazy.flatMap { ["\($0)/lib/modules/", "\($0)/usr/lib/modules/"] }
          .map { $0 + image.release }.first { WholeFile.isFolder("\($0)/kernel") }
        if let modules { image.modules = modules }
        images.append(image)
      }
    }
    guard !images.isEmpty else {
      throw GuestError(
        "\(folder): contains no kernel: expected vmlinuz*, boot/vmlinuz* or usr/lib/modules/*/vmlinuz*, in this folder or"
          + " in a folder of each package; arch/x86/boot/bzImage or linux in a tree; or usr/bin/linux.uml",
        kind: .noKernel)
    }
    return images
  }

  private static func paths(in package: String) -> [String] {
    let modules = ["\(package)/usr/lib/modules", "\(package)/lib/modules"]
      .flatMap { path in WholeFile.names(in: path).sorted().map { "\(path)/\($0)" } }
    let images = ([package, "\(package)/boot"] + modules).flatMap { folder in
      WholeFile.names(in: folder).filter { $0.hasPrefix("vmlinuz") }.sorted().map { "\(folder)/\($0)" }
    }
    let built = ["arch/x86/boot/bzImage", "linux", "usr/bin/linux.uml"].map { "\(package)/\($0)" }
    return images + built.filter { WholeFile.isThere($0) && !WholeFile.isFolder($0) }
  }

  /// The tree that an image was built in, where its path says so: what is a module lies where its source does.
  static func tree(of path: String) -> [String] {
    let parts = FilePath(path).components.suffix(4).map(\.string)
    let isMachine = parts.count == 4 && parts[0] == "arch" && parts[2] == "boot" && parts[3] == "bzImage"
    guard isMachine || parts.last == "linux" else { return [] }
    var tree = FilePath(path)
    for _ in 0..<(isMachine ? 4 : 1) { tree.removeLastComponent() }
    let root = tree.string.isEmpty ? "." : tree.string
    return WholeFile.isThere("\(root)/modules.order") ? [root] : []
  }

  /// The kernel's version alone: `6.1.192`, also where a distribution's release says `6.1.0-56`.
  package var version: String {
    // The compiler's version stands before the number of the build, a distribution's behind it.
    let told = banner.split(separator: " ").drop { !$0.hasPrefix("#") }.first { word in
      word.first?.isNumber == true && word.prefix { $0 != "-" }.split(separator: ".").count >= 3
    }
    let number = (told ?? release[...]).prefix { $0.isNumber || $0 == "." }
    return number.isEmpty ? release : String(number)
  }
}

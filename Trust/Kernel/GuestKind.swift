import ArgumentParser

/// The kind of guest that runs a changed kernel, and the build for it.
enum GuestKind: String, CaseIterable, ExpressibleByArgument {
  /// User Mode Linux: the kernel is a program of this machine.
  case uml
  case qemu

  var architecture: String { self == .uml ? "um" : "x86_64" }
  var target: String { self == .uml ? "linux" : "bzImage" }
  /// The place of the built kernel in the tree.
  var built: String { self == .uml ? "linux" : "arch/x86/boot/bzImage" }
  /// Processor time of the first build.
  var minutes: Int { self == .uml ? 5 : 9 }
  /// The fragment of the configuration, in this repository.
  var fragment: String { "Trust/Kernel/config.\(rawValue).fragment" }
}

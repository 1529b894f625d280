import Linux
import SystemPackage

/// The remedies for what a machine refuses when a bench is set up.
enum Remedies {
  /// Against an error of ``Namespace/make()``.
  static func ofNamespace(_ error: Errno) -> String? {
    switch error {
    case .noSpace:
      let limit = (try? Sysctl.read("user.max_net_namespaces")).map { ", which is \($0)" } ?? ""
      return "raise the sysctl user.max_net_namespaces\(limit), or end what holds network namespaces"
    case .notPermitted:
      let isForbidden = (try? Sysctl.read("user.max_user_namespaces")) == "0"
      return "run as root, or allow user namespaces"
        + (isForbidden ? " (sysctl user.max_user_namespaces)" : "")
    case .invalidArgument: return "use a kernel with CONFIG_NET_NS"
    default: return nil
    }
  }

  /// Against an error of ``Tunnel/open(name:isCutting:)``.
  static func ofTunnel(_ error: Errno) -> String? {
    switch error {
    case .noSuchFileOrDirectory, .operationNotSupportedByDevice, .noSuchAddressOrDevice:
      "load the module tun, or give a container the device (--device /dev/net/tun)"
    case .permissionDenied, .notPermitted:
      "run as root, or give this user access to /dev/net/tun (a container: --device /dev/net/tun)"
    default: nil
    }
  }
}

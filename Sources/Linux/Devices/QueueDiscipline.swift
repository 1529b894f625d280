internal import CLinux
import Glibc
package import SystemPackage

extension Interface {
  /// Gives the interface this queue in the place of the one that it has.
  ///
  /// - Parameters:
  ///   - discipline: its name, `pfifo`.
  ///   - limit: the number of packets that it holds; nil for the discipline's own. Only `pfifo` takes one here.
  /// - Throws: ENOENT where the kernel has no such discipline.
  ///
  /// The corresponding C function is `send` of `RTM_NEWQDISC`.
  package func setQueue(_ discipline: String, limit: Int? = nil) throws(Errno) {
    var message = RouteMessage(
      type: Int(RTM_NEWQDISC), flags: NLM_F_CREATE | NLM_F_REPLACE, header: queueHeader)
    message.append(Int(TCA_KIND), Array(discipline.utf8) + [0])
    if let limit { message.append(Int(TCA_OPTIONS), UInt32(clamping: limit).octets) }
    try message.send()
  }

  /// Takes the queue away, so that the interface has the one that it began with.
  ///
  /// - Throws: ENOENT where it has that one.
  ///
  /// The corresponding C function is `send` of `RTM_DELQDISC`.
  package func removeQueue() throws(Errno) {
    try RouteMessage(type: Int(RTM_DELQDISC), header: queueHeader).send()
  }

  /// struct tcmsg: family of any kind, the interface, no handle, the root for a parent.
  private var queueHeader: [UInt8] {
    UInt32(0).octets + index.octets + UInt32(0).octets + UInt32.max.octets + UInt32(0).octets
  }
}

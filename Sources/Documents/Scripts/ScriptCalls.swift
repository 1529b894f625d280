/// The calls that scripts may make, and the number of arguments of each.
package enum ScriptCalls {
  package static let arguments: [String: ClosedRange<Int>] = [
    "socket": 3...3, "bind": 3...3, "listen": 2...2, "accept": 3...3, "connect": 3...3, "read": 3...3,
    "readv": 3...3, "recv": 4...4, "recvfrom": 6...6, "recvmsg": 3...3, "write": 3...3, "writev": 3...3,
    "send": 4...4, "sendto": 6...6, "sendmsg": 3...3, "fcntl": 2...3, "ioctl": 3...3, "close": 1...1,
    "shutdown": 2...2, "getsockopt": 5...5, "setsockopt": 5...5, "poll": 3...3, "epoll_create": 1...1,
    "epoll_ctl": 4...4, "epoll_wait": 4...4, "pipe": 1...1, "splice": 6...6,
  ]

  /// The calls whose result is a new descriptor.
  package static let givingDescriptors: Set = ["socket", "accept", "epoll_create"]
}

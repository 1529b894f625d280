package import Documents
import Notations

/// Packetdrill scripts of our own, for tests.
package enum ScriptExamples {
  /// A handshake, a write and its acknowledgment.
  package static let write = """
    // Comments are passed over.
    --tolerance_usecs=10000
    `sysctl -q net.ipv4.tcp_timestamps=0 net.ipv4.tcp_rmem="4096 540000 15728640"`

        0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
       +0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
       +0 bind(3, ..., ...) = 0
       +0 listen(3, 1) = 0
       +0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>
       +0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
     +.01 < . 1:1(0) ack 1 win 257
       +0 accept(3, ..., ...) = 4
       +0 write(4, ..., 2000) = 2000
       +0 > P. 1:2001(2000) ack 1
     +.01 < . 1:1(0) ack 2001 win 257
       +0 %{ cwnd = 10
             assert tcpi_snd_cwnd >= cwnd, tcpi_snd_cwnd }%
    """

  /// A connection that is opened by a call that waits, and errors of calls.
  package static let connect = """
    `sysctl -q net.ipv4.tcp_timestamps=0 net.ipv4.tcp_rmem="4096 540000 15728640"`
        0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
       +0...0.050 connect(3, ..., ...) = 0
       +0 > S 0:0(0) <mss 1460,nop,nop,sackOK,nop,wscale 8>
     +.05 < S. 0:0(0) ack 1 win 65535 <mss 1460>
       +0 > . 1:1(0) ack 1
       +0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
       +0 read(3, ..., 1000) = -1 EAGAIN (Resource temporarily unavailable)
       +0 < P. 1:101(100) ack 1 win 65535
       +0 > . 1:1(0) ack 101
       +0 poll([{fd=3, events=POLLIN|POLLOUT, revents=POLLIN|POLLOUT}], 1, 0) = 1
       +0 recvmsg(3, {msg_name(...)=..., msg_iov(2)=[{..., 60}, {..., 60}], msg_flags=0}, 0) = 100
       +0 getsockopt(3, SOL_TCP, TCP_MAXSEG, [1460], [4]) = 0
       +0 < R. 101:101(0) ack 1 win 0
       +0 write(3, ..., 10) = -1 ECONNRESET (Connection reset by peer)
       +0 write(3, ..., 10) = -1 EPIPE (Broken pipe)
    """

  /// Options of a socket, each in its form.
  package static let options = """
        0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
       +0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0
       +0 getsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, [8]) = 0
       +0 setsockopt(3, SOL_TCP, TCP_CONGESTION, "reno", 4) = 0
       +0 getsockopt(3, SOL_TCP, TCP_CONGESTION, "reno", [16]) = 0
       +0 setsockopt(3, SOL_IP, IP_TOS, [16], 4) = 0
       +0 getsockopt(3, SOL_IP, IP_TOS, [16], [1]) = 0
    """

  package static let all = [write, connect, options]

  /// A script that is read from this text, under this name.
  package static func script(_ text: String, file: (String) -> String? = { _ in nil }) -> Script {
    Script(reading: text, name: "script.pkt", file: file)
  }
}

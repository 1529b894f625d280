/// A field of `struct tcp_info` (`include/uapi/linux/tcp.h`), by the kernel's name without `tcpi_`.
///
/// glibc's structure ends at `total_retrans`, so the offsets stand here; a test holds them to the kernel's header.
package enum InfoField: String, CaseIterable, Sendable {
  case state
  case caState = "ca_state"
  case retransmits
  case probes
  case backoff
  case options
  case wscales
  case rto
  case ato
  case sndMss = "snd_mss"
  case rcvMss = "rcv_mss"
  case unacked
  case sacked
  case lost
  case retrans
  case fackets
  case lastDataSent = "last_data_sent"
  case lastAckSent = "last_ack_sent"
  case lastDataRecv = "last_data_recv"
  case lastAckRecv = "last_ack_recv"
  case pmtu
  case rcvSsthresh = "rcv_ssthresh"
  case rtt
  case rttvar
  case sndSsthresh = "snd_ssthresh"
  case sndCwnd = "snd_cwnd"
  case advmss
  case reordering
  case rcvRtt = "rcv_rtt"
  case rcvSpace = "rcv_space"
  case totalRetrans = "total_retrans"
  case pacingRate = "pacing_rate"
  case maxPacingRate = "max_pacing_rate"
  case bytesAcked = "bytes_acked"
  case bytesReceived = "bytes_received"
  case segsOut = "segs_out"
  case segsIn = "segs_in"
  case notsentBytes = "notsent_bytes"
  case minRtt = "min_rtt"
  case dataSegsIn = "data_segs_in"
  case dataSegsOut = "data_segs_out"
  case deliveryRate = "delivery_rate"
  case busyTime = "busy_time"
  case rwndLimited = "rwnd_limited"
  case sndbufLimited = "sndbuf_limited"
  case delivered
  case deliveredCe = "delivered_ce"
  case bytesSent = "bytes_sent"
  case bytesRetrans = "bytes_retrans"
  case dsackDups = "dsack_dups"
  case reordSeen = "reord_seen"
  case rcvOoopack = "rcv_ooopack"
  case sndWnd = "snd_wnd"
  case rcvWnd = "rcv_wnd"
  case rehash
  case totalRto = "total_rto"
  case totalRtoRecoveries = "total_rto_recoveries"
  case totalRtoTime = "total_rto_time"

  /// The offset of the field, in octets.
  package var offset: Int { place.offset }

  /// 1, 2, 4 or 8 octets.
  package var width: Int { place.width }

  private var place: (offset: Int, width: Int) {
    switch self {
    case .state: (0, 1)
    case .caState: (1, 1)
    case .retransmits: (2, 1)
    case .probes: (3, 1)
    case .backoff: (4, 1)
    case .options: (5, 1)
    case .wscales: (6, 1)
    case .rto: (8, 4)
    case .ato: (12, 4)
    case .sndMss: (16, 4)
    case .rcvMss: (20, 4)
    case .unacked: (24, 4)
    case .sacked: (28, 4)
    case .lost: (32, 4)
    case .retrans: (36, 4)
    case .fackets: (40, 4)
    case .lastDataSent: (44, 4)
    case .lastAckSent: (48, 4)
    case .lastDataRecv: (52, 4)
    case .lastAckRecv: (56, 4)
    case .pmtu: (60, 4)
    case .rcvSsthresh: (64, 4)
    case .rtt: (68, 4)
    case .rttvar: (72, 4)
    case .sndSsthresh: (76, 4)
    case .sndCwnd: (80, 4)
    case .advmss: (84, 4)
    case .reordering: (88, 4)
    case .rcvRtt: (92, 4)
    case .rcvSpace: (96, 4)
    case .totalRetrans: (100, 4)
    case .pacingRate: (104, 8)
    case .maxPacingRate: (112, 8)
    case .bytesAcked: (120, 8)
    case .bytesReceived: (128, 8)
    case .segsOut: (136, 4)
    case .segsIn: (140, 4)
    case .notsentBytes: (144, 4)
    case .minRtt: (148, 4)
    case .dataSegsIn: (152, 4)
    case .dataSegsOut: (156, 4)
    case .deliveryRate: (160, 8)
    case .busyTime: (168, 8)
    case .rwndLimited: (176, 8)
    case .sndbufLimited: (184, 8)
    case .delivered: (192, 4)
    case .deliveredCe: (196, 4)
    case .bytesSent: (200, 8)
    case .bytesRetrans: (208, 8)
    case .dsackDups: (216, 4)
    case .reordSeen: (220, 4)
    case .rcvOoopack: (224, 4)
    case .sndWnd: (228, 4)
    case .rcvWnd: (232, 4)
    case .rehash: (236, 4)
    case .totalRto: (240, 2)
    case .totalRtoRecoveries: (242, 2)
    case .totalRtoTime: (244, 4)
    }
  }
}

/// A record in the words of earlier versions.
enum FormerRecord {
  static let text = """
    # Linux 6.18.44: what its TCP did

    <!-- tcpprobe record, schema 2 -->

    Made by `tcpprobe record --quick`.

    ## Environment

    | what | value | set by |
    | --- | --- | --- |
    | kernel release | 6.18.44 | |

    ## Settings

    | what | value | set by |
    | --- | --- | --- |
    | net.ipv4.tcp_sack | 1 | default |

    ## Behaviour

    ### close

    | what | value | set by |
    | --- | --- | --- |
    | segments of a close | 4 | passive close: late |
    | close started by the end that connected | completes | passive close: late |
    | left of the connection at the end that closed first | TIME_WAIT | passive close: late |
    | left of the connection at the end that closed last | nothing | passive close: late |
    | segments of a close | 3 | passive close: now |
    | close started by the end that connected | completes | passive close: now |
    | left of the connection at the end that closed first | TIME_WAIT | passive close: now |
    | left of the connection at the end that closed last | nothing | passive close: now |
    | segments of a close | 4 | first to close: accepted |
    | close started by the end that accepted | completes | first to close: accepted |
    | left of the connection at the end that closed first | TIME_WAIT | first to close: accepted |
    | left of the connection at the end that closed last | nothing | first to close: accepted |

    ### half-close

    | what | value | set by |
    | --- | --- | --- |
    | write after shutdown(WR) | EPIPE | first FIN by: shutdown(WR) |
    | data sent in CLOSE_WAIT | arrives | first FIN by: shutdown(WR) |
    | read after shutdown(WR) | data arrives | first FIN by: shutdown(WR) |
    | data sent in CLOSE_WAIT | draws RST | first FIN by: close() |

    ### the same port in TIME_WAIT

    | what | value | set by |
    | --- | --- | --- |
    | connect() from a port in TIME_WAIT that bind() gave | connects | by default |
    | first number of a connection that follows in TIME_WAIT | 65537 above the last | by default |
    | connect() from a port in TIME_WAIT that bind() gave | EADDRNOTAVAIL | tcp_timestamps: 0 |
    | connect() to a port in TIME_WAIT from the same port | connects | first to close: accepted |
    | first number of a connection that follows in TIME_WAIT | 65537 above the last | first to close: accepted |

    ### assassination of TIME_WAIT

    | what | value | set by |
    | --- | --- | --- |
    | an RST with another number in TIME_WAIT | no answer, and TIME_WAIT stays | by default |
    | an RST with the right number in TIME_WAIT | TIME_WAIT is over | by default |
    | an RST with another number in TIME_WAIT | no answer, and TIME_WAIT stays | tcp_rfc1337: 1 |
    | an RST with the right number in TIME_WAIT | TIME_WAIT begins anew | tcp_rfc1337: 1 |

    ### SYN numbers

    | what | value | set by |
    | --- | --- | --- |
    | the number of a SYN | random | four-tuples: many |
    | the number of a SYN | a fixed offset and a clock | four-tuples: one |

    ### answers to strange segments

    | what | value | set by |
    | --- | --- | --- |
    | answer to a SYN | RST+ACK, CLOSED | state: SYN_RECV |
    | answer to the SYN of the connection itself | SYN+ACK, SYN_RECV | state: SYN_RECV |
    | answer to a SYN+ACK | RST, CLOSED | state: SYN_RECV |
    | answer to an RST with the right number | nothing, CLOSED | state: SYN_RECV |
    | answer to an RST elsewhere in the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to an RST one number before the window | nothing, SYN_RECV | state: SYN_RECV |
    | answer to an RST beyond the window | nothing, SYN_RECV | state: SYN_RECV |
    | answer to an ACK of what was not sent | RST, SYN_RECV | state: SYN_RECV |
    | answer to an ACK of long ago | RST, SYN_RECV | state: SYN_RECV |
    | answer to an empty segment before the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to data before the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to data beyond the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to data with an old timestamp | ACK, SYN_RECV | state: SYN_RECV |
    | answer to an ACK with an echo of what was not sent | ACK, SYN_RECV | state: SYN_RECV |
    | answer to a FIN beyond the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to a FIN without ACK | nothing, SYN_RECV | state: SYN_RECV |
    | answer to a segment without flags | nothing, SYN_RECV | state: SYN_RECV |
    | answer to a segment with FIN, PSH and URG | nothing, SYN_RECV | state: SYN_RECV |

    ### orphan retries

    | what | value | set by |
    | --- | --- | --- |
    | FIN retries of an orphan by default | tcp_orphan_retries 0 | by default |
    | FIN schedule of an orphan | 200 ms, 400 ms, 800 ms | tcp_early_retrans: 0, tcp_orphan_retries: 2 |
    | FINs of an orphan without an answer | 3 | tcp_early_retrans: 0, tcp_orphan_retries: 2 |
    | left of an orphan without an answer | nothing | tcp_early_retrans: 0, tcp_orphan_retries: 2 |

    ### half-open

    | what | value | set by |
    | --- | --- | --- |
    | write to a peer that vanished | 100 bytes written, RST | by default |
    | recv() after a write to a peer that vanished | ECONNRESET, then end of stream | by default |
    | SYN of a peer that begins anew | ACK | by default |
    | answer of a peer that begins anew to an ACK | RST | by default |
    | recv() where the peer began anew | ECONNRESET | by default |
    | connect() of a peer that begins anew | connects with its second SYN | by default |

    ### octets in queues

    | what | value | set by |
    | --- | --- | --- |
    | octets that SIOCINQ counts | 100 | socket: ESTABLISHED with data |
    | octets that SIOCOUTQ counts | 1 | socket: FIN_WAIT_1 |
    | octets that SIOCOUTQNSD counts | 0 | socket: FIN_WAIT_1 |

    ### data after close

    | what | value | set by |
    | --- | --- | --- |
    | close() with an octet unread and data that waits to be sent | RST+ACK, CLOSED | by default |
    | data sent by close() with an octet unread | 0 of 3000 bytes | by default |

    ### damaged segments

    | what | value | set by |
    | --- | --- | --- |
    | data with a header of 16 octets | is dropped, nothing, InErrs | by default |

    ### urgent data

    | what | value | set by |
    | --- | --- | --- |
    | recv() with MSG_OOB before the urgent octet comes | IN OUT, EAGAIN | by default |

    ### bad path

    | what | value | set by |
    | --- | --- | --- |
    | data over a bad path | 100 of 406 octets, or others | the path: loses a segment |

    ### zero window

    | what | value | set by |
    | --- | --- | --- |
    | a receiver that does not read | the sender stops, probes, and goes on but only 7 of 9 octets arrive or others | by default |

    ### saved SYN

    | what | value | set by |
    | --- | --- | --- |
    | TCP_SAVED_SYN | other octets | by default |

    <!-- end of record, 65 behaviours -->
    """
}

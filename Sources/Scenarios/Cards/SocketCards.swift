import Traces

/// What a program sees of a socket.
extension Declaration {
  private static let everywhere: [[Condition]] = Situation.allCases.map { [.socket($0)] }

  /// What makes a send buffer full after a few writes.
  private static func smallBuffers(in plays: Figure.Plays) -> [Given] {
    [Given("SO_SNDBUF", "4096", in: plays), Given("SO_RCVBUF", "4096", in: plays)]
  }
  private static let whereFull = Figure.Plays.underAny([.socket(.full)])

  static let readiness = Declaration(
    [Figure("poll()", .programs), Figure("epoll_wait()", .programs)], under: everywhere,
    given: smallBuffers(in: whereFull), isDrawn: false)

  static let calls = Declaration(
    ["recv()", "send()", "connect()", "accept()", "listen()", "bind()", "getpeername()", "SO_ERROR"].map {
      Figure($0, .programs)
    }, under: everywhere, given: smallBuffers(in: whereFull), isDrawn: false)

  static let shutdown = Declaration(
    ["shutdown(RD)", "shutdown(WR)", "shutdown(RDWR)", "connect(AF_UNSPEC)", "close()"].map {
      Figure($0, .programs)
    }, under: everywhere,
    settings: [
      Influence("tcp_max_tw_buckets", under: .socket(.finWait2)),
      Influence("tcp_max_tw_buckets", under: .socket(.timeWait)),
    ], given: smallBuffers(in: whereFull), isDrawn: false)

  static let waitingCalls = Declaration(
    ["shutdown(RD)", "shutdown(WR)", "shutdown(RDWR)", "connect(AF_UNSPEC)", "close()"].map {
      Figure(
        "a waiting call at \($0)", .programs,
        known: $0 == "connect(AF_UNSPEC)"
          ? Known(
            "Some kernels since Linux 6.1 refuse it with EBUSY while a call waits.", .between("6.0", "6.7"))
          : nil)
    },
    under: ["accept()", "connect()", "recv()", "send()", "poll()", "epoll_wait()"].map { [.waiting($0)] },
    given: smallBuffers(in: .underAny([.waiting("send()")])), isDrawn: false)

  static let bindConflicts = Declaration(
    Condition.PortOptions.allCases.map {
      Figure("bind() and listen() at a taken port, \($0.rawValue)", .programs)
    },
    under: [Situation.bound, .listening, .established, .closeWait, .finWait2, .timeWait].flatMap { first in
      Condition.PortOptions.allCases.map { [.first(first), .firstHas($0)] }
    }, settings: [Influence("tcp_max_tw_buckets", under: .first(.timeWait))], isDrawn: false)

  static let bindAddresses = Declaration(
    Condition.ListeningPlace.allCases.map {
      Figure("bind() and listen() at \($0.rawValue)", .programs, settings: ["ipv6.bindv6only"])
    }, under: Condition.ListeningPlace.allCases.map { [.listens($0)] }, isDrawn: false)

  static let acceptQueue = Declaration(
    [
      Figure("connections that wait after listen(0)", .programs, in: .byDefault),
      Figure("connections that wait after listen(1)", .programs, in: .byDefault),
      Figure(
        "SYN at a full accept queue", .packets, in: .byDefault,
        known: Known("Since about Linux 4.10 the SYN is dropped; before, it was answered.", .with("4.10"))),
      Figure("connect() at a full accept queue", .programs, in: .byDefault),
      Figure("counters of a full accept queue", .operators, in: .byDefault),
      Figure("last ACK at a full accept queue", .packets, settings: fullQueue),
      Figure(
        "client after its last ACK at a full accept queue", .programs, settings: fullQueue),
      Figure("data after a last ACK at a full accept queue", .programs, settings: fullQueue),
      Figure("read after a last ACK at a full accept queue", .programs, settings: fullQueue),
    ], under: [[], [.setting("tcp_abort_on_overflow", "1")]], isDrawn: false)
  /// A SYN cookie leaves no request that could be reset.
  private static let fullQueue: [Influence] = [
    "tcp_abort_on_overflow", Influence("tcp_syncookies", under: .setting("tcp_abort_on_overflow", "1")),
  ]

  static let synCookies = Declaration(
    [
      Figure("SYNs that are kept after listen(4)", .operators, settings: ["core.somaxconn"]),
      Figure("SYN at a full SYN queue", .packets, settings: ["tcp_ecn"]),
      Figure("counters of a full SYN queue", .operators),
      Figure("connection to a full SYN queue", .programs),
    ], under: ["0", "1", "2"].map { [.setting("tcp_syncookies", $0)] }, isDrawn: false)
}

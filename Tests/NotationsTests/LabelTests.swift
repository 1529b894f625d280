import Documents
import Kinds
import Notations
import TCP
import Testing

/// Labels in the spellings that people use.
@Suite(.tags(.pure)) struct LabelTests {
  @Test(arguments: [
    ("SYN", "SYN"), ("1. SYN", "SYN"), ("① SYN", "SYN"), ("SYN packet", "SYN"), ("sends SYN", "SYN"),
    ("发送SYN报文", "SYN"),
    ("SYN, ACK", "SYN+ACK"), ("ACK SYN", "SYN+ACK"), ("SYNACK", "SYN+ACK"), ("syn-ack", "SYN+ACK"),
    ("[SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0", "SYN+ACK(SEQ:0,ACK:1)"),
    ("SYN=1，ACK=1，seq=g，ack=d+1", "SYN+ACK(SEQ:g,ACK:d+1)"), ("SYN=1 ACK=0 seq=x", "SYN(SEQ:x)"),
    ("ACK=1, seq=d+1, ack=g+1", "ACK(SEQ:d+1,ACK:g+1)"), ("FIN=1, Seq=u", "FIN(SEQ:u)"),
    ("ACK=1, Ack=u+1", "ACK(ACK:u+1)"),
    ("SYN (seq = client_isn)", "SYN(SEQ:client_isn)"),
    ("SYN-ACK (seq=server_isn, ack=client_isn + 1)", "SYN+ACK(SEQ:server_isn,ACK:client_isn+1)"),
    ("SYN seq=ISN(C)", "SYN(SEQ:ISN_C)"), ("SYN J", "SYN(SEQ:J)"),
    ("SYN K, ACK J+1", "SYN+ACK(SEQ:K,ACK:J+1)"),
    ("ACK(x+1) + SYN(y)", "SYN+ACK(SEQ:y,ACK:x+1)"),
    ("<SEQ=100><ACK=301><CTL=SYN,ACK>", "SYN+ACK(SEQ:100,ACK:301)"),
    ("SYN+ACK, seq=5, ack=100+1=101", "SYN+ACK(SEQ:5,ACK:101)"),
    ("PSH, ACK, Seq 1, Ack 1, 1000 bytes", "PSH+ACK(SEQ:1,ACK:1, 1000bytes)"),
    ("data (seq=1, len=60)", "data(SEQ:1, 60bytes)"), ("数据 (seq=x+1, 240字节)", "data(SEQ:x+1, 240bytes)"),
    ("FIN（seq=h）", "FIN(SEQ:h)"), ("ACK (ack=901) — \"go ahead\"", "ACK(ACK:901)"),
    ("**ACK** (ack=`y+1`)", "ACK(ACK:y+1)"),
    ("FIN (I am done)", "FIN"), ("SYN (Synchronise)", "SYN"), ("SYN packet (SYN=1, seq=x)", "SYN(SEQ:x)"),
    ("SYN, 序号=100", "SYN(SEQ:100)"), ("ACK, 确认号=y+1", "ACK(ACK:y+1)"),
    ("SYN with sequence number 400", "SYN(SEQ:400)"),
    ("Syn<br/>seq=1", "SYN(SEQ:1)"), ("RST", "RST"),
    ("SYN-ACK: seq = 6000; ack = 2001", "SYN+ACK(SEQ:6000,ACK:2001)"), ("SYN, seq=0, ack=0", "SYN(SEQ:0)"),
  ])
  func aSegmentIsRead(label: String, segment: String) {
    let label = Label(reading: label)
    #expect(label.segment?.description == segment && label.unread == nil, "\(label)")
  }

  @Test(arguments: [
    "SYN seq=x*2", "ACK ack=a+b", "SYN then it waits for SYN+ACK or RST", "SYN ack=99999999999",
  ])
  func whatCannotBeReadIsNotGuessed(label: String) {
    #expect(Label(reading: label).unread != nil)
  }

  @Test(arguments: [
    "GET / HTTP/1.1", "opens a page", "ClientHello", "", "12:30", "the connection is closed", "2MSL",
  ])
  func otherWordsAreNoSegment(label: String) {
    let label = Label(reading: label)
    #expect(label.segment == nil && label.states.isEmpty && label.unread == nil, "\(label)")
  }

  @Test(arguments: [
    ("CLOSED → SYN_SENT", [State.synSent]), ("[LISTEN -> SYN-RECEIVED]", [.synReceived]),
    ("SYN_RCVD/ESTABLISHED", [.synReceived, .established]),
    ("TIME_WAIT, then CLOSED", [.timeWait, .closed]), ("TIME-WAIT (2MSL)", [.timeWait]),
    ("FIN WAIT 1", [.finWait1]), ("LISTENING", [.listen]),
    ("CLOSE_WAIT（剩下的内容照样发）", [.closeWait]), ("Established", [.established]),
    ("FIN_WAIT_1 → FIN_WAIT_2 → TIME_WAIT", [.finWait2, .timeWait]),
  ])
  func statesAreRead(label: String, states: [State]) {
    #expect(Label(reading: label).states.map(\.state) == states)
  }

  @Test func lossesTimersAndRepetitionsAreRead() {
    for text in ["SYN (lost)", "SYN 丢失", "SYN 손실", "SYN perdido", "SYN потерян"] {
      #expect(Label(reading: text).isLost, "\(text)")
    }
    for text in ["RTO expires", "1 秒超时", "타임아웃", "タイムアウト"] {
      #expect(Label(reading: text).isTimeout, "\(text)")
    }
    for text in ["SYN (again)", "重传 SYN", "SYN 재전송"] { #expect(Label(reading: text).isAgain, "\(text)") }
  }
}

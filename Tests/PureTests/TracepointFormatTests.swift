import Chance
import Kinds
import Linux
import Testing

@Suite(.tags(.pure)) struct TracepointFormatTests {
  // events/sock/inet_sock_set_state/format of Linux 6.18, x86-64; the line of `print fmt` is cut.
  static let stateChange = """
    name: inet_sock_set_state
    ID: 2287
    format:
    \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
    \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
    \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
    \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

    \tfield:const void * skaddr;\toffset:8;\tsize:8;\tsigned:0;
    \tfield:int oldstate;\toffset:16;\tsize:4;\tsigned:1;
    \tfield:int newstate;\toffset:20;\tsize:4;\tsigned:1;
    \tfield:__u16 sport;\toffset:24;\tsize:2;\tsigned:0;
    \tfield:__u16 dport;\toffset:26;\tsize:2;\tsigned:0;
    \tfield:__u16 family;\toffset:28;\tsize:2;\tsigned:0;
    \tfield:__u16 protocol;\toffset:30;\tsize:2;\tsigned:0;
    \tfield:__u8 saddr[4];\toffset:32;\tsize:4;\tsigned:0;
    \tfield:__u8 daddr[4];\toffset:36;\tsize:4;\tsigned:0;
    \tfield:__u8 saddr_v6[16];\toffset:40;\tsize:16;\tsigned:0;
    \tfield:__u8 daddr_v6[16];\toffset:56;\tsize:16;\tsigned:0;

    print fmt: "family=%s protocol=%s sport=%hu dport=%hu", REC->family, REC->protocol, REC->sport, REC->dport
    """

  // events/timer/timer_start/format of the same kernel.
  static let timerStart = """
    name: timer_start
    ID: 466
    format:
    \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
    \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

    \tfield:void * timer;\toffset:8;\tsize:8;\tsigned:0;
    \tfield:void * function;\toffset:16;\tsize:8;\tsigned:0;
    \tfield:unsigned long expires;\toffset:24;\tsize:8;\tsigned:0;
    \tfield:unsigned long bucket_expiry;\toffset:32;\tsize:8;\tsigned:0;
    \tfield:unsigned long now;\toffset:40;\tsize:8;\tsigned:0;
    \tfield:unsigned int flags;\toffset:48;\tsize:4;\tsigned:0;
    """

  @Test func everyFieldIsFoundByItsName() {
    let format = TracepointFormat(Self.stateChange)
    #expect(format.fields.count == 15)
    #expect(format.fields["skaddr"] == .init(offset: 8, size: 8, isSigned: false))
    #expect(format.fields["oldstate"] == .init(offset: 16, size: 4, isSigned: true))
    #expect(format.fields["saddr_v6"] == .init(offset: 40, size: 16, isSigned: false))
  }

  @Test func numbersKeepTheirSign() {
    let format = TracepointFormat(
      "field:int a; offset:0; size:4; signed:1;\nfield:__u8 b; offset:4; size:1; signed:0;")
    let record: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0xFE]
    #expect(format.number("a", in: record[...]).map { Int64(bitPattern: $0) } == -2)
    #expect(format.number("b", in: record[...]) == 254)
  }

  @Test func aFieldBeyondTheRecordIsNotThere() {
    let format = TracepointFormat(Self.stateChange)
    let record = [UInt8](repeating: 1, count: 30)
    #expect(format.number("family", in: record[...]) != nil)
    #expect(format.number("protocol", in: record[...]) == nil)
    #expect(format.bytes("saddr_v6", in: record[...]) == nil)
    #expect(format.number("no_such_field", in: record[...]) == nil)
  }

  @Test func noTextTrapsTheReader() {
    var random = SplitMix64(seed: 3)
    let golden = Array(Self.stateChange.utf8)
    let record = random.bytes(upTo: 100)
    for _ in 0..<300 {
      for bytes in [random.damaged(golden), random.bytes(upTo: 100)] {
        let format = TracepointFormat(String(decoding: bytes, as: UTF8.self))
        for name in format.fields.keys {
          _ = format.number(name, in: record[...])
          _ = format.bytes(name, in: record[...])
        }
      }
    }
  }
}

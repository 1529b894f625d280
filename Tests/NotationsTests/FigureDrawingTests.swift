import Kinds
import Testing

/// One exchange in the drawings of many people.
@Suite(.tags(.pure)) struct FigureDrawingTests {
  static let opening = ["SYN(SEQ:5)|", "|SYN+ACK(SEQ:8,ACK:6)", "ACK(ACK:9)|"]
  /// One opening, drawn in many ways.
  static let drawings = [
    """
    Fox                                  Hen
     |---------- SYN (seq=5) ----------->|
     |<--------- SYN-ACK, seq=8, ack=6 --|
     |---------- ACK (ack=9) ----------->|
    """,
    """
    Fox                                  Hen
     │                                    │
     ├── SYN, seq=5 ─────────────────────→│   first
     │                                    │
     │←───────────── SYN/ACK seq=8 ack=6 ─┤   second
     │                                    │
     ├── ACK ack=9 ──────────────────────→│   third
    """,
    """
    Fox                                  Hen
     ┃━━━━━ 1. SYN seq=5 ━━━━━━━━━━━━━━━━▶┃
     ┃◀════ 2. SYN+ACK seq=8, ack=6 ══════┃
     ┃─────▻ 3. ACK ack=9                 ┃
    """,
    """
    Fox                                  Hen
      |                                   |
      |  SYN (seq=5)                      |
      |---------------------------------->|
      |                                   |
      |           SYN+ACK (seq=8, ack=6)  |
      |<----------------------------------|
      |                                   |
      |  ACK (ack=9)                      |
      |---------------------------------->|
    """,
    """
    Fox                                  Hen
      |---------------------------------->|
      |  SYN (seq=5)                      |
      |<----------------------------------|
      |           SYN+ACK (seq=8, ack=6)  |
      |---------------------------------->|
      |  ACK (ack=9)                      |
    """,
    """
    Fox                                  Hen
      |  ----------- SYN ------------->   |
      |            seq = 5                |
      |  <-------- SYN ACK ------------   |
      |         seq = 8, ack = 6          |
      |  ----------- ACK ------------->   |
      |            ack = 9                |
    """,
    """
    Fox                       Hen

    SYN seq=5  -------------->
               <-------------- SYN+ACK seq=8 ack=6
    ACK ack=9  -------------->
    """,
    """
    Fox                       Hen
    SEQ=5 ------ SYN ------->
          <---- SYN+ACK ----- SEQ=8, ACK=6
          ------ ACK -------> ACK=9
    """,
    """
    Fox ---- SYN seq=5 -----------> Hen
    Fox <--- SYN+ACK seq=8 ack=6 -- Hen
    Fox ---- ACK ack=9 -----------> Hen
    """,
    """
    Fox ── SYN seq=5 ──► Hen    (1) asks
    Hen ── SYN+ACK seq=8 ack=6 ──► Fox    (2) answers
    Fox ── ACK ack=9 ──► Hen
    """,
    """
    Fox → SYN seq=5 → Hen
    Fox ← SYN+ACK seq=8 ack=6 ← Hen
    Fox → ACK ack=9 → Hen
    """,
    """
    ┌───────┐                          ┌───────┐
    │  Fox  │                          │  Hen  │
    └───┬───┘                          └───┬───┘
        │  ─────── SYN seq=5 ──────────>   │
        │  <═══ SYN+ACK seq=8 ack=6 ════  │
        │  ─────── ACK ack=9 ──────────>   │  open
    """,
    """
    ┌────────────────────────────────────────────┐
    │  Fox                             Hen       │
    │   │ ──── SYN seq=5 ────────────► │       │
    │   │ ◄─── SYN+ACK seq=8 ack=6 ─── │         │
    │   │ ──── ACK ack=9 ────────────► │        │
    └────────────────────────────────────────────┘
    """,
    """
    +-------+                        +-------+
    |  Fox  |                        |  Hen  |
    +---+---+                        +---+---+
        +-------- SYN seq=5 ----------->+
        +<----- SYN+ACK seq=8 ack=6 ----+
        +-------- ACK ack=9 ----------->+
    """,
    """
      Fox                        Hen
       |-----> SYN seq=5 ------->|
       |<--- SYN+ACK seq=8 ack=6 <|
       |- - -  ACK ack=9  - - - >|
    """,
    """
      // Fox                        Hen
      //  |------ SYN seq=5 ------->|
      //  |<-- SYN+ACK seq=8 ack=6--|
      //  |------ ACK ack=9 ------->|
      int main(void) { return 0; }
    """,
    """
     * Fox                        Hen
     *  |------ SYN seq=5 ------->>|
     *  |<<-- SYN+ACK seq=8 ack=6--|
     *  |====== ACK ack=9 =======>>|
    """,
  ]
  @Test(arguments: drawings.indices) func anOpeningIsReadInEachDrawing(index: Int) throws {
    #expect(try figureLadder(Self.drawings[index]) == ["Fox|Hen"] + Self.opening, "\(Self.drawings[index])")
  }
}

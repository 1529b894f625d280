/// The tables of a page as people write them: two spellings of a party, idle words, a legend in the rows below.
enum ThreeSteps {
  static let page = """
    ---
    title: not a heading
    # nor this
    ---

    # Three steps

    ## 1. Opening
    > requester | responser in a quotation is no table

    | requester                    |                  responser |
    | :--------------------------- | -------------------------: |
    | SYN(SEQ:1000,ACK:-)          |               ...listening |
    | waiting...                   | SYN+ACK(SEQ:2000,ACK:1001) |
    | ACK(SEQ:1001,ACK:2001)       |                 ...waiting |
    | ACK only:lasthandshake       | receive ACK, ready to send |
    | SYN:synchronization          |           ACK: acknowledge |
    | the connection is open now.  | _**three way hand Shake**_ |

    > 연결

    ***
    ## 2. Data

    | RES                        |                             REQ |
    | :------------------------- | ------------------------------: |
    | packet(SEQ:1301, 100bytes) | listening(registered requester) |
    | waitForACK                 |                        ACK:1401 |
    | SEQ:1401, 100bytes         |                      ...waiting |
    | waitForACK...              |     (didnt receive!) ...waiting |
    | timeout(wait enough!)      |                      ...waiting |
    | SEQ:1401, 100bytes         |                      ...waiting |
    | waitForACK...              |                        ACK:1501 |

    > - a remark
    ***
    ## 3. Closing
    ### four steps
    ***

    | Client                 |                 Server |
    | :--------------------- | ---------------------: |
    | FIN(SEQ:5000,ACK:-)    |  ...waitForClientEvent |
    | waitForACK...          | ACK(SEQ:7500,ACK:5001) |
    | waitForFIN...          | FIN(SEQ:7501,ACK:5001) |
    | ACK(SEQ:5001,ACK:7502) |          ...waitForACK |

    ***
    > the end
    """
}

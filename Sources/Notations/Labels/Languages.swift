/// The words by which people tell TCP's steps in one language, in small letters.
///
/// A word that is not written in Latin letters is looked for within what stands around it: Chinese, Japanese and Korean
/// put no blanks around it. A language is added by a row of ``all``.
struct Language: Sendable {
  /// Verbs by which a party sends a segment, and by which it answers.
  var sends: [String]
  /// Words that tell of an arrival; and those that deny one.
  var received: [String]
  var notReceived: [String] = []
  var lost: [String]
  var timeout: [String]
  /// Words that call a segment a repetition.
  var again: [String]
  var data: [String]
  var octets: [String]
  var sequence: [String]
  var acknowledgment: [String]
  /// Both parties at once.
  var both: [String]
  /// Words between what comes first and what comes behind it: "after the FIN".
  var after: [String]
  /// Words between what happens and what is at once so: "when the ACK arrives".
  var upon: [String] = []
  var before: [String]
  /// Headers of a column that names the sender, that shows the direction, and that shows a state.
  var sender: [String]
  var direction: [String]
  var state: [String]
  var flags: [String]
  /// The names of the party that connects, and of the one that listens.
  var client: [String]
  var server: [String]
  /// Words before a name that make it an object ("to the server"), and endings behind it that do.
  var toward: [String] = []
  var towardEndings: [String] = []
  /// Usual names of parties beyond those two.
  var hosts: [String] = []
  /// Words between the sender and the receiver, in a cell that shows a direction.
  var between: [String] = []
  /// Headers of a column of lengths.
  var length: [String] = []
  /// A cell that says that nothing is sent.
  var nothing: [String] = []
  /// Headers of a column that names the receiver.
  var receiver: [String] = []
  /// Headers of two columns of which one becomes the other.
  var change: [String] = []
  /// The first four ordinal numbers, without their endings.
  var ordinals: [String] = []
  /// The opening of a connection in steps that are counted, and its end.
  var handshake: [String] = []
  var farewell: [String] = []

  static let all: [Language] = [
    // English.
    Language(
      sends: [
        "send", "sends", "sent", "sending", "replies", "reply", "responds", "answers", "returns", "transmits",
      ],
      received: ["receiv", "receipt", "arriv", "sees"],
      notReceived: ["not ", "n't", "never", "before", "until"],
      lost: ["lost", "loss", "dropped", "drops", "drop", "discarded", "undelivered"],
      timeout: ["timeout", "time-out", "timed out", "times out", "rto", "expires", "expired"],
      again: [
        "again", "retransmitted", "retransmission", "retransmit", "retransmits", "resend", "resent", "retry",
        "repeated",
      ],
      data: ["data", "payload"], octets: ["byte", "bytes", "octet", "octets", "b"],
      sequence: ["seq", "sequence", "seqno", "seqnum"],
      acknowledgment: ["ack", "acknowledgment", "acknowledgement", "ackno", "acknum"],
      both: ["both"], after: ["after"], upon: ["when", "once", "upon", "on", "as soon as", "since", "as"],
      before: ["before"],
      sender: ["sender", "from", "who", "by", "source", "src", "party", "host", "side", "speaker"],
      direction: ["direction", "dir", "way", "path", "flow", "exchange"],
      state: ["state", "states", "status", "is"],
      flags: ["flag", "flags", "segment", "control", "ctl", "bits", "packet", "message", "type"],
      client: ["client", "initiator", "active closer", "active side"],
      server: ["server", "responder", "passive closer", "passive side"],
      toward: [
        "to", "to the", "from", "from the", "of the", "with the", "toward the", "by the", "for the",
        "the other", "to a",
      ],
      hosts: ["host", "peer", "browser", "user", "active", "passive"], between: ["to"],
      length: ["len", "length", "size", "bytes", "data", "payload"],
      nothing: ["nothing", "none", "n/a", "na", "no segment", "idle", "silent"],
      receiver: ["receiver", "to", "destination", "dst", "dest", "target"],
      change: [
        "from", "to", "current", "next", "new", "old", "previous", "before", "after", "start", "end",
        "initial", "final", "target", "source", "present",
      ], ordinals: ["first", "second", "third", "fourth"], handshake: ["handshake"],
      farewell: ["wave", "teardown", "termination", "farewell", "close"]),
    // Chinese.
    Language(
      sends: ["发送", "发出", "回复", "回应", "返回", "發送", "傳送", "送出"],
      received: ["收到", "接收"], notReceived: ["收到前", "未收到", "没收到", "沒收到", "尚未"],
      lost: ["丢失", "丢包", "丢弃", "遗失", "丟失", "丟包", "没到", "未到达"], timeout: ["超时", "逾時", "超時", "到期"],
      again: ["重传", "重发", "再次", "重傳", "重送", "重試", "重试"], data: ["数据", "數據", "資料"],
      octets: ["字节", "位元組", "字節"],
      sequence: ["序号", "序列号", "序號", "序列號"], acknowledgment: ["确认号", "确认序号", "確認號", "确认序列号", "確認序號"],
      both: ["双方", "两端", "雙方", "兩端", "都"], after: ["之后", "以后", "后", "之後", "後"], before: ["之前", "以前", "前"],
      sender: ["发送方", "发送者", "发送端", "发起方", "來源", "来源", "源", "傳送方"],
      direction: ["方向", "流向", "通信过程", "過程", "过程"],
      state: ["状态", "狀態"], flags: ["标志", "标志位", "标记", "旗標", "报文", "消息"],
      client: ["客户端", "客戶端", "客户机", "用戶端", "主动方", "主動方", "浏览器"],
      server: ["服务器", "服务端", "伺服器", "服務器", "服務端", "被动方", "被動方"],
      toward: ["向", "给", "給", "至", "到", "从", "從", "对", "對", "来自"],
      hosts: ["主机", "主機"], between: ["到", "至", "向", "发往"], length: ["长度", "長度", "数据", "字节"],
      nothing: ["无", "無", "没有", "空"], receiver: ["接收方", "目的", "接收端", "目标", "接收者"],
      change: ["当前", "下一", "现态", "次态", "原", "新", "之前", "之后", "旧", "起始", "目标"],
      ordinals: ["第一", "第二", "第三", "第四"], handshake: ["握手"], farewell: ["挥手", "揮手"]),
    // Japanese.
    Language(
      sends: ["送信", "送る", "返す", "応答", "返信", "送り"], received: ["受信", "受け取"],
      notReceived: ["受信前", "受け取る前", "届かな"],
      lost: ["ロスト", "損失", "消失", "失われ", "紛失", "喪失", "届かな", "破棄"], timeout: ["タイムアウト", "時間切れ"],
      again: ["再送", "再び", "再度"], data: ["データ"], octets: ["バイト", "オクテット"],
      sequence: ["シーケンス番号", "シーケンス", "順序番号"], acknowledgment: ["確認応答番号", "応答番号", "確認番号"],
      both: ["両方", "双方", "両者", "両端"], after: ["後"], before: ["前"], sender: ["送信元", "送信側", "送信者", "送り手"],
      direction: ["向き", "方向", "流れ"], state: ["状態"], flags: ["フラグ", "セグメント", "パケット"], client: ["クライアント"],
      server: ["サーバー", "サーバ"], towardEndings: ["に", "へ", "から", "の"],
      hosts: ["ホスト", "端末"], between: ["から", "より"], length: ["長さ", "データ長", "データ"], nothing: ["なし", "無し", "無"],
      receiver: ["宛先", "受信側", "送信先"], change: ["現在", "次", "遷移前", "遷移後", "前", "後"],
      ordinals: ["一回目", "二回目", "三回目", "四回目"], handshake: ["ハンドシェイク", "ハンドシェーク"], farewell: ["切断", "終了"]),
    // Korean.
    Language(
      sends: ["전송", "보낸", "보내", "보냄", "응답", "답한", "송신", "답하", "회신"],
      received: ["수신", "받은", "받고", "받음", "받아"],
      notReceived: ["수신 전", "받기 전", "못 받"], lost: ["손실", "유실", "분실", "잃어", "사라", "드롭"],
      timeout: ["타임아웃", "타임 아웃", "시간 초과", "만료"],
      again: ["재전송", "다시", "재시도"], data: ["데이터", "자료"], octets: ["바이트", "옥텟"],
      sequence: ["시퀀스 번호", "시퀀스", "순서 번호", "순번"], acknowledgment: ["확인 번호", "확인응답 번호", "응답 번호"],
      both: ["둘 다", "양쪽", "서로", "양측", "모두"], after: ["후", "뒤", "다음"], before: ["전", "이전"],
      sender: ["송신자", "보내는 쪽", "발신", "주체", "송신"], direction: ["방향", "통신 과정", "흐름", "과정"], state: ["상태"],
      flags: ["플래그", "세그먼트", "패킷", "메시지"], client: ["클라이언트"], server: ["서버"],
      towardEndings: ["에게", "에", "로부터", "으로부터", "로", "의", "한테"],
      hosts: ["호스트"], between: ["에서"], length: ["길이", "데이터"], nothing: ["없음", "무"],
      receiver: ["수신자", "받는 쪽", "목적지"], change: ["현재", "다음", "이전", "이후"],
      ordinals: ["첫", "두 번", "세 번", "네 번"], handshake: ["핸드셰이크", "핸드쉐이크"], farewell: ["종료", "해제", "웨이브"]),
    // Spanish.
    Language(
      sends: ["envía", "envia", "manda", "responde", "contesta", "envían"], received: ["recib"],
      notReceived: ["no recib", "antes", "sin recib"],
      lost: ["perdido", "perdida", "pierde", "descartado", "se pierde"],
      timeout: ["expira", "vence", "temporizador", "vencimiento"],
      again: [
        "otra", "reenvía", "reenvio", "retransmisión", "retransmite", "retransmitido", "retransmitida",
      ], data: ["datos"], octets: ["bytes", "octetos"],
      sequence: ["secuencia"], acknowledgment: ["acuse", "confirmación"],
      both: ["ambos", "ambas", "los dos"], after: ["tras", "después", "despues"],
      upon: ["cuando", "al", "una vez"], before: ["antes"],
      sender: ["emisor", "remitente", "origen", "quién", "quien"],
      direction: ["sentido", "dirección", "direccion"], state: ["estado", "estados"],
      flags: ["bandera", "banderas", "segmento", "indicador", "indicadores"], client: ["cliente"],
      server: ["servidor"], toward: ["al", "a la", "del", "hacia el", "de", "a"],
      between: ["a", "al", "hacia"], length: ["longitud", "tamaño", "datos"],
      nothing: ["nada", "ninguno", "ninguna"], receiver: ["receptor", "destino", "destinatario"],
      change: ["actual", "siguiente", "anterior", "nuevo", "próximo"],
      ordinals: ["primer", "segund", "tercer", "cuart"], handshake: ["apretón", "saludo"],
      farewell: ["cierre", "despedida"]),
    // Portuguese.
    Language(
      sends: ["envia", "manda", "responde", "enviam"], received: ["recebi", "recebe", "receb"],
      notReceived: ["não recebe", "antes"],
      lost: ["perdido", "perdida", "perde", "descartado"],
      timeout: ["expira", "esgota", "temporizador", "estouro"],
      again: ["novamente", "retransmite", "reenvio", "retransmissão", "retransmitido"], data: ["dados"],
      octets: ["bytes", "octetos"],
      sequence: ["sequência", "sequencia"], acknowledgment: ["confirmação", "reconhecimento"],
      both: ["ambos", "ambas"], after: ["após", "depois"], upon: ["quando", "ao", "assim que"],
      before: ["antes"],
      sender: ["emissor", "agente", "remetente", "origem", "quem"],
      direction: ["sentido", "direção", "direcao"], state: ["estado", "estados"],
      flags: ["flag", "flags", "sinal", "segmento"], client: ["cliente"], server: ["servidor"],
      toward: ["ao", "para o", "do", "de", "a"],
      between: ["para", "ao"], length: ["tamanho", "comprimento", "dados"],
      nothing: ["nada", "nenhum", "nenhuma"], receiver: ["receptor", "destino", "destinatário"],
      change: ["atual", "próximo", "seguinte", "anterior", "novo"],
      ordinals: ["primeir", "segund", "terceir", "quart"], handshake: ["aperto"],
      farewell: ["encerramento", "despedida"]),
    // French.
    Language(
      sends: ["envoie", "répond", "renvoie", "émet", "transmet"],
      received: ["reçu", "reçoi", "récept"], notReceived: ["pas reçu", "avant"],
      lost: ["perdu", "perdue", "abandonné", "rejeté"], timeout: ["expire", "expiration", "délai"],
      again: ["retransmis", "retransmission", "nouveau", "renvoyé"], data: ["données"],
      octets: ["octets", "octet"],
      sequence: ["séquence"], acknowledgment: ["acquittement"], both: ["deux"], after: ["après"],
      upon: ["quand", "lorsque", "dès", "à la"],
      before: ["avant"],
      sender: ["émetteur", "expéditeur", "source", "qui"], direction: ["sens", "direction"],
      state: ["état", "états"], flags: ["drapeau", "drapeaux", "segment", "indicateurs"], client: ["client"],
      server: ["serveur"], toward: ["au", "du", "vers le", "à", "à la", "de"],
      hosts: ["hôte"], between: ["vers", "à", "au"], length: ["longueur", "taille", "données"],
      nothing: ["rien", "aucun", "aucune", "néant"], receiver: ["récepteur", "destinataire", "destination"],
      change: ["actuel", "suivant", "précédent", "nouveau", "courant"],
      ordinals: ["premi", "deuxi", "troisi", "quatri"], handshake: ["poignée"], farewell: ["fermeture"]),
    // German.
    Language(
      sends: ["sendet", "schickt", "antwortet", "bestätigt", "senden"],
      received: ["empfang", "empfäng", "erhält", "erhalten", "bekommt"], notReceived: ["nicht empf", "vor "],
      lost: ["verloren", "verlust", "verworfen"],
      timeout: ["zeitüberschreitung", "abgelaufen", "läuft", "ablauf"],
      again: ["erneut", "wiederholt", "wiederholung", "nochmals", "nochmal"], data: ["daten"],
      octets: ["bytes", "oktette"],
      sequence: ["sequenznummer", "sequenz"], acknowledgment: ["bestätigungsnummer", "quittungsnummer"],
      both: ["beide", "beiden"], after: ["nach"], upon: ["wenn", "sobald", "nachdem", "beim", "bei"],
      before: ["vor"],
      sender: ["sender", "absender", "von", "wer"], direction: ["richtung"],
      state: ["zustand", "zustände", "status"], flags: ["flags", "segment", "kennzeichen"],
      client: ["client", "klient"], server: ["server"], toward: ["an den", "zum", "vom", "des", "dem", "an"],
      hosts: ["rechner"], between: ["an", "zu", "nach"], length: ["länge", "daten"],
      nothing: ["nichts", "keine", "keins"], receiver: ["empfänger", "ziel"],
      change: ["aktueller", "nächster", "neuer", "alter", "vorher", "nachher", "folgezustand"],
      ordinals: ["erste", "zweite", "dritte", "vierte"], handshake: ["handschlag"],
      farewell: ["abbau", "verabschiedung"]),
    // Russian.
    Language(
      sends: ["отправля", "посыла", "отвеча", "отправил", "шлёт", "шлет", "передаёт"],
      received: ["получ", "принима", "принял"], notReceived: ["не получ", "до получения"],
      lost: ["потерян", "потеря", "утерян", "теряется", "отброшен"],
      timeout: ["таймаут", "тайм-аут", "истек", "истёк"],
      again: ["повтор", "снова", "ещё раз", "перепосыла"], data: ["данные", "данных"], octets: ["байт"],
      sequence: ["порядковый номер", "номер последовательности"], acknowledgment: ["номер подтверждения"],
      both: ["обе", "оба", "обеих"], after: ["после"], upon: ["когда", "при", "как только"], before: ["до"],
      sender: ["отправитель", "кто", "источник", "от"], direction: ["направление", "куда"],
      state: ["состояние", "состояния"], flags: ["флаг", "флаги", "сегмент", "пакет"], client: ["клиент"],
      server: ["сервер"], towardEndings: ["у", "а", "ом"],
      hosts: ["хост"], between: ["к", "на"], length: ["длина", "данные"], nothing: ["ничего", "нет"],
      receiver: ["получатель", "кому"], change: ["текущее", "следующее", "новое", "старое", "предыдущее"],
      ordinals: ["перв", "втор", "трет", "четв"], handshake: ["рукопожатие", "рукопожатия"],
      farewell: ["закрытие", "завершение"]),
    // Arabic.
    Language(
      sends: ["يرسل", "ترسل", "أرسل", "يرد"], received: ["تلقى", "استلام", "يستلم", "وصول"],
      notReceived: ["لم يستلم", "قبل"],
      lost: ["فقد", "ضاع", "مفقود", "ضياع"], timeout: ["مهلة", "انتهاء"],
      again: ["إعادة", "مجددا", "مرة أخرى"], data: ["بيانات"], octets: ["بايت"],
      sequence: ["رقم التسلسل"], acknowledgment: ["رقم الإقرار"], both: ["كلا", "الطرفان", "كلاهما"],
      after: ["بعد"], upon: ["عند", "عندما"], before: ["قبل"],
      sender: ["المرسل", "من"], direction: ["الاتجاه"], state: ["حالة", "الحالة"],
      flags: ["الأعلام", "العلم"], client: ["العميل"], server: ["الخادم"], toward: ["إلى", "من"],
      between: ["إلى"], length: ["الطول", "البيانات"], nothing: ["لا شيء", "لا يوجد"],
      receiver: ["المستقبل", "المستلم"], change: ["الحالية", "التالية", "السابقة", "الجديدة"],
      ordinals: ["الأول", "الثاني", "الثالث", "الرابع"], handshake: ["مصافحة", "المصافحة"],
      farewell: ["إنهاء", "إغلاق"]),
  ]
}

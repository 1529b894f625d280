extension FactLanguage {
  static let all: [FactLanguage] = [
    FactLanguage(
      code: "en",
      states: [
        "is", "are", "equals", "is equal to", "lasts", "last", "takes", "take", "stays", "stay", "remains",
        "remain", "waits", "wait", "is kept", "keeps", "lives", "persists", "defaults to", "spends", "sits",
        "lingers", "holds", "enters", "enter", "expires after", "ends after", "has", "is fixed at",
        "is hardcoded to", "is hard-coded to", "is hardcoded at", "is hard-coded at", "fails with", "returns",
        "gives", "ends with", "yields", "and lasts", "and waits", "and waits there", "and stays there",
        "and remains there",
      ],
      sets: [
        "sets", "controls", "determines", "defines", "specifies", "governs", "configures", "adjusts", "is",
      ],
      isSetBy: [
        "set by", "controlled by", "determined by", "defined by", "configured by", "governed by",
        "depends on", "set with", "controlled with", "configurable via", "configured via",
        "controlled via",
      ],
      plain: [
        "the", "a", "an", "its", "it", "of", "in", "into", "on", "for", "state", "linux", "kernel",
        "tcp", "socket", "sockets", "connection", "connections", "client", "server", "host", "end", "side",
        "closer", "active", "by default", "default", "always", "exactly", "there", "how long", "time",
        "timeout", "duration", "period", "length", "interval", "timer", "amount", "value", "closed",
        "closing",
        "orphaned", "that closes first", "that closed first", "which closes first", "sysctl", "parameter",
        "to keep", "to hold",
      ],
      reasons: [
        "so that", "to ensure", "to make sure", "to allow", "to guarantee", "in order to", "because",
        "before",
      ],
      doubts: [
        "rfc", "rfcs", "standard", "standards", "specification", "spec", "myth", "myths", "misconception",
        "misconceptions", "wrong", "wrongly", "mistake", "mistakes", "incorrect", "false", "untrue", "quiz",
        "exercise", "question", "questions",
      ],
      conditions: [
        "if", "unless", "assume", "assuming", "assumes", "suppose", "imagine", "may", "might", "could",
        "would", "should", "usually", "typically", "often", "sometimes", "some", "about", "approximately",
        "around", "roughly", "example", "e.g", "instance", "was", "were", "used", "formerly", "originally",
        "historically", "once", "but", "however", "although", "though", "longer", "actually", "contrary",
        "older", "we", "our", "my", "test", "lab", "experiment", "measured", "observed", "other", "others",
      ],
      changes: [
        "recommend", "recommended", "recommends", "recommendation", "set", "tune", "tuned", "tuning",
        "configure", "configured", "lower", "lowered", "reduce", "reduced", "increase", "increased", "change",
        "changed", "raise", "shorten", "shortened", "custom", "conf", "patch", "patched", "override",
      ],
      figureHeaders: [
        "parameter", "setting", "sysctl", "state", "timer", "name", "what", "item", "figure", "timeout",
      ],
      valueHeaders: [
        "default", "default value", "value", "timeout", "duration", "lifetime",
        "linux default", "default (linux)", "default on linux", "how long",
      ],
      remarkHeaders: [
        "meaning", "description", "explanation", "note", "notes", "comment", "comments", "purpose",
        "controls",
        "what it does", "remark", "remarks", "effect", "#", "no",
      ]),
    FactLanguage(
      code: "zh",
      states: [
        "是", "为", "為", "等于", "等於", "持续", "持續", "维持", "維持", "停留", "等待", "保持", "需要", "进入", "進入", "返回",
      ],
      sets: ["控制", "决定", "決定", "设置", "設定", "设定", "指定", "是"],
      isSetBy: ["由", "取决于", "取決於"],
      plain: [
        "的", "状态", "狀態", "时间", "時間", "时长", "時長", "长度", "会", "會", "在", "中", "默认", "默認", "预设", "預設", "内核",
        "連線", "连接", "套接字", "客户端", "客戶端", "服务器", "伺服器", "主动方", "处于", "處於", "超时", "超時", "值",
      ],
      doubts: ["标准", "標準", "规范", "規範", "误解", "誤解", "错误", "錯誤", "误区", "誤區", "判断题", "题目"],
      conditions: [
        "如果", "若", "假设", "假設", "例如", "比如", "可能", "一般", "通常", "大约", "大約", "约", "約", "应", "應", "有些", "某些",
        "以前", "曾", "但", "不过", "不過", "实际", "實際", "不是", "并非", "其实", "其實",
      ],
      changes: [
        "修改", "调整", "調整", "优化", "優化", "减少", "減少", "缩短", "縮短", "改为", "改為", "建议", "建議", "设为", "設為",
      ],
      figureHeaders: ["参数", "參數", "状态", "狀態", "定时器", "計時器", "名称", "名稱"],
      valueHeaders: ["默认值", "預設值", "默认", "值", "时长", "時長", "持续时间", "超时", "超时时间"],
      remarkHeaders: ["说明", "說明", "含义", "含義", "描述", "备注", "備註", "作用"]),
    FactLanguage(
      code: "ja",
      states: [
        "は", "が", "である", "です", "続く", "続きます", "維持される", "維持されます", "待つ", "待ちます", "待機する", "待機します", "とどまる",
        "とどまります", "かかる", "かかります",
      ],
      sets: ["設定する", "設定します", "決める", "決めます", "制御する", "制御します", "決定する", "決定します"],
      isSetBy: ["で決まる", "で決まります", "によって決まる", "によって決まります", "で設定される", "で設定されます", "で制御される", "で制御されます"],
      plain: [
        "の", "状態", "時間", "長さ", "期間", "を", "に", "で", "デフォルト", "既定値", "ソケット", "接続", "クライアント", "サーバー",
        "サーバ", "タイムアウト", "カーネル", "値",
      ],
      doubts: ["規格", "標準", "仕様", "誤解", "間違", "誤り", "クイズ"],
      conditions: [
        "もし", "なら", "場合", "例えば", "たとえば", "約", "およそ", "通常", "一般", "かもしれ", "以前", "しかし", "ただし", "実際", "仮に",
        "べき",
      ],
      changes: ["変更", "調整", "短縮", "チューニング", "推奨", "減ら"],
      figureHeaders: ["パラメータ", "パラメーター", "状態", "タイマー", "項目", "名前"],
      valueHeaders: ["デフォルト", "デフォルト値", "既定値", "値", "長さ", "期間"],
      remarkHeaders: ["説明", "意味", "備考"]),
    FactLanguage(
      code: "ko",
      states: [
        "은", "는", "이", "가", "이다", "입니다", "동안", "지속된다", "지속됩니다", "유지된다", "유지됩니다", "머문다", "머무른다", "머무릅니다",
        "대기한다", "대기합니다", "기다린다", "기다립니다", "걸린다", "걸립니다",
      ],
      sets: ["설정한다", "설정합니다", "결정한다", "결정합니다", "제어한다", "제어합니다", "조절한다", "조절합니다"],
      isSetBy: ["결정된다", "결정됩니다", "설정된다", "설정됩니다", "제어된다", "제어됩니다", "의해"],
      plain: [
        "의", "상태", "시간", "길이", "기간", "를", "을", "에", "에서", "로", "으로", "기본값", "기본", "소켓", "연결", "클라이언트",
        "서버", "커널", "리눅스", "타임아웃", "값",
      ],
      doubts: ["표준", "규격", "명세", "오해", "틀린", "잘못", "퀴즈"],
      conditions: [
        "만약", "경우", "예를", "예컨대", "약 ", "대략", "보통", "일반적", "일부", "이전", "하지만", "그러나", "실제", "해야", "수 있",
      ],
      changes: ["변경", "조정", "튜닝", "줄이", "권장", "늘리"],
      figureHeaders: ["매개변수", "파라미터", "상태", "타이머", "항목", "이름"],
      valueHeaders: ["기본값", "값", "길이", "기간", "지속 시간"], remarkHeaders: ["설명", "의미", "비고"]),
    FactLanguage(
      code: "es",
      states: ["es", "es de", "dura", "duran", "permanece", "espera", "queda", "equivale a", "entra"],
      sets: ["controla", "determina", "establece", "define", "fija", "configura", "especifica", "es"],
      isSetBy: ["se controla con", "controlado por", "determinado por", "depende de", "se configura con"],
      plain: [
        "el", "la", "los", "un", "una", "estado", "en", "de", "del", "durante", "por defecto", "conexión",
        "cliente", "servidor", "tiempo", "duración", "temporizador", "cuánto", "siempre",
      ],
      doubts: ["estándar", "norma", "especificación", "mito", "erróneo", "falso", "incorrecto", "ejercicio"],
      conditions: [
        "si", "supongamos", "ejemplo", "puede", "podría", "suele", "normalmente", "generalmente",
        "aproximadamente", "algunos", "algunas", "antes", "era", "pero", "debería", "unos", "otros",
      ],
      changes: [
        "recomienda", "recomendado", "recomendada", "cambiar", "reducir", "ajustar", "configurar", "aumentar",
      ],
      figureHeaders: ["parámetro", "estado", "temporizador", "nombre"],
      valueHeaders: ["valor por defecto", "valor", "duración", "por defecto"],
      remarkHeaders: ["descripción", "significado", "nota", "notas"]),
    FactLanguage(
      code: "pt",
      states: ["é", "é de", "dura", "duram", "permanece", "espera", "fica", "equivale a", "entra"],
      sets: ["controla", "determina", "estabelece", "define", "configura", "especifica", "é"],
      isSetBy: ["controlado por", "determinado por", "definido por", "depende de"],
      plain: [
        "o", "a", "os", "um", "uma", "estado", "em", "na", "de", "do", "da", "por padrão", "conexão",
        "cliente", "servidor", "tempo", "duração", "temporizador", "por", "durante", "sempre",
      ],
      doubts: ["padrão rfc", "norma", "especificação", "mito", "erro", "falso", "incorreto", "exercício"],
      conditions: [
        "se", "suponha", "exemplo", "pode", "poderia", "normalmente", "geralmente", "aproximadamente",
        "cerca",
        "alguns", "algumas", "antes", "era", "mas", "deveria", "outros",
      ],
      changes: ["recomenda", "recomendado", "recomendada", "mudar", "reduzir", "ajustar", "configurar"],
      figureHeaders: ["parâmetro", "estado", "temporizador", "nome"],
      valueHeaders: ["valor padrão", "valor", "duração", "padrão"],
      remarkHeaders: ["descrição", "significado", "nota", "notas"]),
    FactLanguage(
      code: "fr",
      states: ["est", "est de", "dure", "durent", "reste", "attend", "vaut", "prend", "entre"],
      sets: ["contrôle", "détermine", "définit", "fixe", "règle", "spécifie", "est"],
      isSetBy: ["contrôlé par", "déterminé par", "défini par", "fixé par", "dépend de"],
      plain: [
        "le", "la", "les", "un", "une", "l'état", "état", "en", "dans", "de", "du", "pendant", "par défaut",
        "connexion", "client", "serveur", "temps", "durée", "délai", "toujours",
      ],
      doubts: ["norme", "spécification", "mythe", "erreur", "faux", "incorrect", "exercice"],
      conditions: [
        "si", "supposons", "exemple", "peut", "pourrait", "généralement", "normalement", "environ",
        "certains",
        "certaines", "avant", "était", "mais", "devrait", "autres", "souvent",
      ],
      changes: ["recommande", "recommandé", "recommandée", "changer", "réduire", "ajuster", "configurer"],
      figureHeaders: ["paramètre", "état", "minuterie", "nom"],
      valueHeaders: ["valeur par défaut", "valeur", "durée", "délai", "défaut"],
      remarkHeaders: ["description", "signification", "note", "notes"]),
    FactLanguage(
      code: "de",
      states: ["ist", "sind", "dauert", "bleibt", "wartet", "beträgt", "verbleibt", "geht"],
      sets: ["steuert", "bestimmt", "legt", "setzt", "regelt", "definiert", "ist"],
      isSetBy: ["gesteuert durch", "bestimmt durch", "festgelegt durch", "hängt von", "wird durch"],
      plain: [
        "der", "die", "das", "den", "dem", "ein", "eine", "zustand", "im", "in", "von", "für", "lang",
        "standardmäßig", "verbindung", "zeit", "dauer", "länge", "immer", "fest", "ab", "gesteuert",
        "bestimmt",
      ],
      doubts: ["norm", "spezifikation", "mythos", "irrtum", "fehler", "falsch", "übung", "frage"],
      conditions: [
        "wenn", "falls", "angenommen", "beispiel", "kann", "könnte", "normalerweise", "üblicherweise",
        "meist",
        "etwa", "ungefähr", "manche", "einige", "früher", "war", "aber", "sollte", "jedoch", "andere", "rund",
      ],
      changes: [
        "empfohlen", "empfiehlt", "empfehlung", "ändern", "verkürzen", "anpassen", "konfigurieren", "erhöhen",
      ],
      figureHeaders: ["parameter", "zustand", "zeitgeber", "name"],
      valueHeaders: ["standardwert", "wert", "dauer", "standard"],
      remarkHeaders: ["beschreibung", "bedeutung", "bemerkung", "anmerkung"]),
    FactLanguage(
      code: "ru",
      states: [
        "это", "равно", "равен", "длится", "составляет", "остаётся", "остается", "ждёт", "ждет", "находится",
      ],
      sets: ["задаёт", "задает", "определяет", "управляет", "устанавливает", "контролирует", "это"],
      isSetBy: ["задаётся", "задается", "определяется", "управляется", "зависит от"],
      plain: [
        "состояние", "состоянии", "состояния", "в", "по умолчанию", "сокет", "соединение", "клиент", "сервер",
        "время", "времени", "длительность", "таймаут", "таймер", "всегда", "параметром",
      ],
      doubts: ["стандарт", "стандарту", "спецификация", "миф", "ошибка", "неверно", "неправильно", "вопрос"],
      conditions: [
        "если", "допустим", "например", "может", "обычно", "примерно", "около", "некоторые", "некоторых",
        "раньше", "было", "но", "однако", "следует",
      ],
      changes: [
        "рекомендуется", "рекомендуем", "изменить", "уменьшить", "увеличить", "настройка", "настроить",
      ],
      figureHeaders: ["параметр", "состояние", "таймер", "название"],
      valueHeaders: ["значение по умолчанию", "значение", "длительность", "по умолчанию"],
      remarkHeaders: ["описание", "смысл", "примечание"]),
    FactLanguage(
      code: "ar", states: ["هو", "هي", "يستمر", "تستمر", "يساوي"], sets: ["يحدد", "يتحكم في"],
      isSetBy: ["يحدده"],
      plain: ["حالة", "مدة", "لمدة", "في"], doubts: ["معيار", "خطأ", "سؤال"],
      conditions: ["إذا", "لو", "مثلا", "مثال", "عادة", "قد", "حوالي", "بعض", "كان", "لكن"],
      changes: ["يوصى", "تغيير", "تقليل"], figureHeaders: ["الحالة", "المعامل"],
      valueHeaders: ["القيمة", "المدة"],
      remarkHeaders: ["الوصف", "المعنى"]),
  ]
}

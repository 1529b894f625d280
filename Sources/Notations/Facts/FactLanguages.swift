extension FactLanguage {
  static let all = european + eastern

  private static let european: [FactLanguage] = [
    // English.
    FactLanguage(
      states: [
        "is", "are", "equals", "is equal to", "lasts", "last", "takes", "take", "stays", "stay", "remains",
        "remain", "waits", "wait", "is kept", "keeps", "lives", "persists", "defaults to", "spends", "sits",
        "lingers", "holds", "enters", "enter", "expires after", "ends after", "has", "is fixed at",
        "is hardcoded to", "is hard-coded to", "is hardcoded at", "is hard-coded at", "fails with",
        "returns", "gives", "ends with", "yields", "and lasts", "and waits", "and waits there",
        "and stays there", "and remains there",
      ],
      sets: [
        "sets", "controls", "determines", "defines", "specifies", "governs", "configures", "adjusts", "is",
      ],
      isSetBy: [
        "set by", "controlled by", "determined by", "defined by", "configured by", "governed by",
        "depends on", "set with", "controlled with", "configurable via", "configured via", "controlled via",
      ],
      plain: [
        "the", "a", "an", "its", "it", "of", "on", "for", "state", "linux", "kernel", "tcp", "socket",
        "sockets", "connection", "connections", "client", "server", "host", "end", "side", "closer",
        "active", "by default", "default", "always", "exactly", "there", "how long", "time", "timeout",
        "duration", "period", "length", "interval", "timer", "amount", "value", "orphaned",
        "that closes first", "that closed first", "which closes first", "sysctl", "parameter", "to keep",
        "to hold",
      ],
      inside: ["in", "into"],
      reasons: [
        "so that", "to ensure", "to make sure", "to allow", "to guarantee", "in order to", "because",
      ],
      doubts: [
        "rfc", "rfcs", "standard", "standards", "specification", "spec", "myth", "myths", "misconception",
        "misconceptions", "wrong", "wrongly", "mistake", "mistakes", "incorrect", "false", "untrue", "quiz",
        "exercise", "question", "questions", "bug", "bugs", "theory", "theoretically", "belief", "beliefs",
        "believe", "believed", "people say", "many", "most articles", "rumor", "rumour",
      ],
      conditions: [
        "if", "unless", "assume", "assuming", "assumes", "suppose", "imagine", "may", "might", "could",
        "would", "should", "usually", "typically", "often", "sometimes", "some", "about", "approximately",
        "around", "roughly", "example", "e.g", "instance", "was", "were", "used", "formerly", "originally",
        "historically", "once", "but", "however", "although", "though", "longer", "actually", "contrary",
        "older", "we", "our", "my", "test", "lab", "experiment", "measured", "observed", "other", "others",
      ],
      denials: ["not", "no", "never"],
      changes: [
        "recommend", "recommended", "recommends", "recommendation", "set", "tune", "tuned", "tuning",
        "configure", "configured", "lower", "lowered", "reduce", "reduced", "increase", "increased",
        "change", "changed", "raise", "shorten", "shortened", "custom", "conf", "patch", "patched",
        "override",
      ],
      figureHeaders: [
        "parameter", "setting", "sysctl", "state", "timer", "name", "what", "item", "figure", "timeout",
      ],
      valueHeaders: [
        "default", "default value", "value", "timeout", "duration", "lifetime", "linux default",
        "default (linux)", "default on linux", "how long",
      ],
      remarkHeaders: [
        "meaning", "description", "explanation", "note", "notes", "comment", "comments", "purpose",
        "controls", "what it does", "remark", "remarks", "effect", "#", "no",
      ]),
    // Spanish.
    FactLanguage(
      states: ["es", "es de", "dura", "duran", "permanece", "espera", "queda", "equivale a", "entra"],
      sets: ["controla", "determina", "establece", "define", "fija", "configura", "especifica", "es"],
      isSetBy: ["se controla con", "controlado por", "determinado por", "depende de", "se configura con"],
      plain: [
        "el", "la", "los", "un", "una", "estado", "de", "del", "durante", "por defecto", "conexión",
        "cliente", "servidor", "tiempo", "duración", "temporizador", "cuánto", "siempre",
      ],
      inside: ["en"],
      doubts: ["estándar", "norma", "especificación", "mito", "erróneo", "falso", "incorrecto", "ejercicio"],
      conditions: [
        "si", "supongamos", "ejemplo", "puede", "podría", "suele", "normalmente", "generalmente",
        "aproximadamente", "algunos", "algunas", "antes", "era", "pero", "debería", "unos", "otros",
      ],
      denials: ["no", "nunca"],
      changes: [
        "recomienda", "recomendado", "recomendada", "cambiar", "reducir", "ajustar", "configurar",
        "aumentar",
      ],
      figureHeaders: ["parámetro", "estado", "temporizador", "nombre"],
      valueHeaders: ["valor por defecto", "valor", "duración", "por defecto"],
      remarkHeaders: ["descripción", "significado", "nota", "notas"]),
    // Portuguese.
    FactLanguage(
      states: ["é", "é de", "dura", "duram", "permanece", "espera", "fica", "equivale a", "entra"],
      sets: ["controla", "determina", "estabelece", "define", "configura", "especifica", "é"],
      isSetBy: ["controlado por", "determinado por", "definido por", "depende de"],
      plain: [
        "o", "a", "os", "um", "uma", "estado", "de", "do", "da", "por padrão", "conexão", "cliente",
        "servidor", "tempo", "duração", "temporizador", "por", "durante", "sempre",
      ],
      inside: ["em", "na"],
      doubts: ["padrão rfc", "norma", "especificação", "mito", "erro", "falso", "incorreto", "exercício"],
      conditions: [
        "se", "suponha", "exemplo", "pode", "poderia", "normalmente", "geralmente", "aproximadamente",
        "cerca", "alguns", "algumas", "antes", "era", "mas", "deveria", "outros",
      ],
      denials: ["não", "nunca"],
      changes: ["recomenda", "recomendado", "recomendada", "mudar", "reduzir", "ajustar", "configurar"],
      figureHeaders: ["parâmetro", "estado", "temporizador", "nome"],
      valueHeaders: ["valor padrão", "valor", "duração", "padrão"],
      remarkHeaders: ["descrição", "significado", "nota", "notas"]),
    // French.
    FactLanguage(
      states: ["est", "est de", "dure", "durent", "reste", "attend", "vaut", "prend", "entre"],
      sets: ["contrôle", "détermine", "définit", "fixe", "règle", "spécifie", "est"],
      isSetBy: ["contrôlé par", "déterminé par", "défini par", "fixé par", "dépend de"],
      plain: [
        "le", "la", "les", "un", "une", "l'état", "état", "de", "du", "pendant", "par défaut", "connexion",
        "client", "serveur", "temps", "durée", "délai", "toujours",
      ],
      inside: ["en", "dans"],
      doubts: ["norme", "spécification", "mythe", "erreur", "faux", "incorrect", "exercice"],
      conditions: [
        "si", "supposons", "exemple", "peut", "pourrait", "généralement", "normalement", "environ",
        "certains", "certaines", "avant", "était", "mais", "devrait", "autres", "souvent",
      ],
      denials: ["pas", "ne", "jamais"],
      changes: ["recommande", "recommandé", "recommandée", "changer", "réduire", "ajuster", "configurer"],
      figureHeaders: ["paramètre", "état", "minuterie", "nom"],
      valueHeaders: ["valeur par défaut", "valeur", "durée", "délai", "défaut"],
      remarkHeaders: ["description", "signification", "note", "notes"]),
    // German.
    FactLanguage(
      states: ["ist", "sind", "dauert", "bleibt", "wartet", "beträgt", "verbleibt", "geht"],
      sets: ["steuert", "bestimmt", "legt", "setzt", "regelt", "definiert", "ist"],
      isSetBy: ["gesteuert durch", "bestimmt durch", "festgelegt durch", "hängt von", "wird durch"],
      plain: [
        "der", "die", "das", "den", "dem", "ein", "eine", "zustand", "von", "für", "lang", "standardmäßig",
        "verbindung", "zeit", "dauer", "länge", "immer", "fest", "ab", "gesteuert", "bestimmt",
      ],
      inside: ["in", "im"],
      doubts: ["norm", "spezifikation", "mythos", "irrtum", "fehler", "falsch", "übung", "frage"],
      conditions: [
        "wenn", "falls", "angenommen", "beispiel", "kann", "könnte", "normalerweise", "üblicherweise",
        "meist", "etwa", "ungefähr", "manche", "einige", "früher", "war", "aber", "sollte", "jedoch",
        "andere", "rund",
      ],
      denials: ["nicht", "kein", "keine", "nie"],
      changes: [
        "empfohlen", "empfiehlt", "empfehlung", "ändern", "verkürzen", "anpassen", "konfigurieren",
        "erhöhen",
      ],
      figureHeaders: ["parameter", "zustand", "zeitgeber", "name"],
      valueHeaders: ["standardwert", "wert", "dauer", "standard"],
      remarkHeaders: ["beschreibung", "bedeutung", "bemerkung", "anmerkung"]),
    // Russian.
    FactLanguage(
      states: [
        "это", "равно", "равен", "длится", "составляет", "остаётся", "остается", "ждёт", "ждет",
        "находится",
      ],
      sets: ["задаёт", "задает", "определяет", "управляет", "устанавливает", "контролирует", "это"],
      isSetBy: ["задаётся", "задается", "определяется", "управляется", "зависит от"],
      plain: [
        "состояние", "состоянии", "состояния", "по умолчанию", "сокет", "соединение", "клиент", "сервер",
        "время", "времени", "длительность", "таймаут", "таймер", "всегда", "параметром",
      ],
      inside: ["в"],
      doubts: ["стандарт", "стандарту", "спецификация", "миф", "ошибка", "неверно", "неправильно", "вопрос"],
      conditions: [
        "если", "допустим", "например", "может", "обычно", "примерно", "около", "некоторые", "некоторых",
        "раньше", "было", "но", "однако", "следует",
      ],
      denials: ["не", "нет"],
      changes: [
        "рекомендуется", "рекомендуем", "изменить", "уменьшить", "увеличить", "настройка", "настроить",
      ],
      figureHeaders: ["параметр", "состояние", "таймер", "название"],
      valueHeaders: ["значение по умолчанию", "значение", "длительность", "по умолчанию"],
      remarkHeaders: ["описание", "смысл", "примечание"]),
  ]
}

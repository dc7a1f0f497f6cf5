"""The scope."""

from ui.words.language import Table

TEXTS: Table = {
    "scope": {"zh": "范围", "en": "Scope"},
    "scope.chips": {"zh": "提问的范围", "en": "What is asked"},
    "scope.all": {"zh": "全部文件", "en": "all documents"},
    "scope.drop": {"zh": "去掉:{label}", "en": "Remove: {label}"},
    "scope.clear": {"zh": "全部去掉", "en": "Remove all"},
    "scope.collection": {"zh": "文件集", "en": "Collection"},
    "scope.first": {"zh": "(主文件夹)", "en": "(main folder)"},
    "scope.typed": {
        "zh": "按文件、来源、类型、文号添加",
        "en": "Add a document, source, type or number",
    },
    "scope.from": {"zh": "日期从", "en": "Dated from"},
    "scope.to": {"zh": "到", "en": "to"},
    "scope.day": {"zh": "如 2024-03", "en": "e.g. 2024-03"},
    "scope.since": {"zh": "{day} 起", "en": "since {day}"},
    "scope.until": {"zh": "到 {day}", "en": "until {day}"},
    "scope.none": {
        "zh": "没有这样的文件、来源、类型或文号。",
        "en": "No such document, source, type or number.",
    },
    "scope.doc_ids": {"zh": "文件", "en": "Documents"},
    "scope.sources": {"zh": "来源", "en": "Sources"},
    "scope.formats": {"zh": "类型", "en": "Types"},
    "scope.numbers": {"zh": "文号", "en": "Numbers"},
    "scope.statuses": {"zh": "效力", "en": "Standing"},
    "shelf.documents": {
        "zh": "这里列出、收进、编辑和移除的,是文件集“{name}”里的文件。",
        "en": "Listed, added, edited and removed here: the documents of the collection “{name}”.",
    },
    "shelf.inspection": {
        "zh": "这里检视的是文件集“{name}”的检索。",
        "en": "Searched and inspected here: the collection “{name}”.",
    },
    "shelf.evaluation": {
        "zh": "这里评测的是文件集“{name}”,问题文件和评测记录也都属于它。",
        "en": "Evaluated here: the collection “{name}”, with question files and runs of its own.",
    },
    "shelf.feedback": {
        "zh": "这里是对文件集“{name}”所给回答的反馈。",
        "en": "Feedback on the answers that the collection “{name}” gave.",
    },
    "shelf.gone": {
        "zh": "文件集“{name}”已经不在了,现在用的是主文件夹。",
        "en": "The collection “{name}” is no longer there; the main folder is used now.",
    },
    "current": {"zh": "现行", "en": "in force"},
}

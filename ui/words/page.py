"""The frame of the page."""

from ui.words.language import Table

TEXTS: Table = {
    "title": {"zh": "青问", "en": "Qingwen"},
    "tagline": {
        "zh": "向文件提问,每句回答都指向原文",
        "en": "Ask the documents; every answer points at their words",
    },
    "lang": {"zh": "zh-CN", "en": "en"},
    "switch": {"zh": "English", "en": "中文"},
    "undated": {"zh": "日期不详", "en": "undated"},
    "preparing": {
        "zh": "正在准备索引,文件还不能提问;准备好后这里会自动可用。",
        "en": "The index is being prepared. You can ask as soon as it is ready; no reload is needed.",
    },
    "failed": {"zh": "索引没有准备好:{reason}", "en": "The index could not be prepared: {reason}"},
    "error": {"zh": "没能回答:{reason}", "en": "This could not be answered: {reason}"},
    "view.asking": {"zh": "提问", "en": "Ask"},
    "view.documents": {"zh": "文件", "en": "Documents"},
    "view.inspection": {"zh": "检索检视", "en": "Inspect"},
    "view.evaluation": {"zh": "评测", "en": "Evaluate"},
    "view.feedback": {"zh": "反馈", "en": "Feedback"},
}

"""The source pane."""

from ui.words.language import Table

TEXTS: Table = {
    "open": {"zh": "打开原文:{title}", "en": "Open the document: {title}"},
    "close": {"zh": "关闭原文", "en": "Close the source"},
    "view": {"zh": "在新页打开", "en": "Open in a new tab"},
    "original": {"zh": "下载原件", "en": "Download the file"},
    "repealed": {"zh": "已废止", "en": "repealed"},
    "superseded": {"zh": "已被取代", "en": "superseded"},
    "documents": {"zh": "文件({count})", "en": "Documents ({count})"},
    "documents.note": {
        "zh": "点回答里的编号,原文会在这里打开,引用的话会标出来。",
        "en": "Click a number in an answer: the document opens here with the cited words marked.",
    },
}

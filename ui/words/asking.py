"""Asking."""

from ui.words.language import Table

TEXTS: Table = {
    "clear": {"zh": "新对话", "en": "New conversation"},
    "markdown": {"zh": "导出 Markdown", "en": "Save as Markdown"},
    "word": {"zh": "导出 Word", "en": "Save as Word"},
    "question": {"zh": "问题", "en": "Question"},
    "placeholder": {"zh": "输入问题,按回车提问", "en": "Type your question"},
    "ask": {"zh": "提问", "en": "Ask"},
    "cleared": {"zh": "对话已清空。", "en": "The conversation was cleared."},
    "clear.undo": {"zh": "撤销", "en": "Undo"},
    "clear.late": {
        "zh": "清空的对话已经不在了,不能恢复。",
        "en": "What was cleared is gone and cannot be brought back.",
    },
    "keys": {"zh": "快捷键", "en": "Keys"},
    "keys.question": {"zh": "写问题", "en": "type a question"},
    "keys.citation": {"zh": "打开出处", "en": "open a citation"},
    "keys.list": {"zh": "显示快捷键", "en": "show the keys"},
    "keys.close": {"zh": "关闭", "en": "close"},
    "keys.single": {"zh": "单键快捷键", "en": "Single-key shortcuts"},
    "keys.note": {
        "zh": "关掉以后,只有 Esc 还起作用。打字时单键从不起作用。",
        "en": "Switched off, only Esc works. Single keys never act while you type.",
    },
    "welcome": {"zh": "想从文件里知道什么?", "en": "What would you like to know from the documents?"},
    "welcome.note": {
        "zh": "回答只用文件里的原话,点回答里的编号就能看到出处;文件里没有的,会直说没有。",
        "en": "Answers use only the documents' own words. Click a number to see where they stand; "
        "what the documents do not say is reported as such.",
    },
    "examples": {"zh": "可以这样问", "en": "You could ask"},
    "older": {"zh": "更早的({count})", "en": "Earlier ({count})"},
    "pending": {"zh": "正在文件里查找…", "en": "Searching the documents…"},
    "coming": {"zh": "出处已找到,正在写回答…", "en": "Citations found; the answer follows…"},
    "broken": {
        "zh": "查找时出了问题,请再试一次。",
        "en": "Something went wrong while searching; try again.",
    },
    "unkept": {
        "zh": "回答不受影响,但这段对话不能保存或读取:{reason}",
        "en": "Answers are not affected, but this conversation cannot be kept or read: {reason}",
    },
    "searched": {"zh": "实际查找的问题:{query}", "en": "Searched for: {query}"},
    "rewrite": {"zh": "修改", "en": "Edit"},
    "rewriting": {"zh": "要查找的问题", "en": "Question to search for"},
    "search": {"zh": "查找", "en": "Search"},
    "cancel": {"zh": "取消", "en": "Cancel"},
    "answered": {"zh": "有据", "en": "Supported"},
    "answered.note": {"zh": "以下是文件中的原话", "en": "in the documents' own words"},
    "partial": {"zh": "部分", "en": "Partial"},
    "partial.note": {
        "zh": "找到了相关的话,但没有所问的人、数或清单",
        "en": "related words were found, but not the person, number or list asked for",
    },
    "conflict": {"zh": "说法不一", "en": "Conflicting"},
    "conflict.note": {
        "zh": "文件之间的说法不同,请对照日期",
        "en": "the documents disagree; compare their dates",
    },
    "not_found": {"zh": "文件中没有", "en": "Not in the documents"},
    "not_found.message": {
        "zh": "在这些文件里没有找到能回答这个问题的内容。可以换一种说法再问。",
        "en": "Nothing in these documents answers this question. Try asking it in other words.",
    },
    "nearest": {
        "zh": "最接近的段落({count})——这些不是答案",
        "en": "Nearest passages ({count}): these are not answers",
    },
    "citations": {"zh": "出处", "en": "Citations"},
    "cite": {"zh": "打开出处 {number}:{title}", "en": "Open citation {number}: {title}"},
    "empty": {"zh": "请先输入一个问题。", "en": "Please type a question first."},
    "transcript": {"zh": "青问对话", "en": "Qingwen conversation"},
    "exported": {"zh": "导出于 {day},共 {count} 个问题", "en": "Saved {day}, questions: {count}"},
    "references": {"zh": "引用的文件", "en": "Documents cited"},
    "characters": {"zh": "第 {start}–{end} 字", "en": "characters {start}–{end}"},
    "cited.in": {"zh": "问题 {turn} {marks}", "en": "question {turn} {marks}"},
}

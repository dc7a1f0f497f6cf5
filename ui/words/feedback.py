"""Feedback."""

from ui.words.language import Table

TEXTS: Table = {
    "feedback.group": {"zh": "评价这个回答", "en": "Rate this answer"},
    "feedback.good": {"zh": "回答得对", "en": "This answer is right"},
    "feedback.bad": {"zh": "回答得不对", "en": "This answer is not right"},
    "feedback.good.said": {"zh": "答得对", "en": "right"},
    "feedback.bad.said": {"zh": "答得不对", "en": "not right"},
    "feedback.why": {"zh": "这个回答哪里不对?", "en": "What is wrong with this answer?"},
    "feedback.reason": {"zh": "原因", "en": "Reason"},
    "feedback.wrong": {"zh": "答案错", "en": "The answer is wrong"},
    "feedback.citation": {"zh": "出处错", "en": "The citation is wrong"},
    "feedback.incomplete": {"zh": "不完整", "en": "It is incomplete"},
    "feedback.answerable": {"zh": "应当能答", "en": "It should have been answered"},
    "feedback.remark": {"zh": "补充(可以不写)", "en": "Remark (optional)"},
    "feedback.how": {
        "zh": "知道正确答案在哪里?打开原文,选中那几个字,按「这里才是答案」,它就成为一道考题。",
        "en": "Do you know where the answer is? Open the document, select the words and press "
        "“This is the answer”: it becomes a test question.",
    },
    "feedback.select": {"zh": "选中原文里的字,再按", "en": "Select words of the document, then press"},
    "feedback.here": {"zh": "这里才是答案", "en": "This is the answer"},
    "feedback.marked": {"zh": "已标出:{words}", "en": "Marked: {words}"},
    "feedback.unmark": {"zh": "不标这里", "en": "Do not mark this"},
    "feedback.nothing.marked": {
        "zh": "请先在原文里选中文字。",
        "en": "Please select some words of the document first.",
    },
    "feedback.elsewhere": {
        "zh": "这些字在另一个文件集里;请在所问的文件集的原文里选。",
        "en": "These words are of another collection; select words of the one that was asked.",
    },
    "feedback.send": {"zh": "送出", "en": "Send"},
    "feedback.cancel": {"zh": "放弃", "en": "Discard"},
    "feedback.thanks": {"zh": "记下了,在“反馈”里可以查看。", "en": "Noted; it is listed under “Feedback”."},
    "feedback.withdrawn": {"zh": "已收回评价。", "en": "Your rating was taken back."},
    "feedback.gone": {
        "zh": "这个回答已不在本次会话里,没有记下;请重新问一次。",
        "en": "This answer is no longer part of the session, so nothing was noted; ask again.",
    },
    "feedback.unkept": {"zh": "没有记下:{reason}", "en": "This could not be kept: {reason}"},
    "feedback.show": {"zh": "显示", "en": "Show"},
    "feedback.show.all": {"zh": "全部", "en": "all"},
    "feedback.show.good": {"zh": "答得对", "en": "right"},
    "feedback.show.bad": {"zh": "答得不对", "en": "not right"},
    "feedback.none": {
        "zh": "这里还没有反馈。每个回答下面都可以评价。",
        "en": "There is no feedback here. Every answer can be rated below it.",
    },
    "feedback.questions": {"zh": "可导出 {count} 道考题", "en": "Test questions: {count}"},
    "feedback.unmarked": {
        "zh": "{count} 条没有标出正确的字,不导出",
        "en": "without marked words, left out: {count}",
    },
    "feedback.changed": {
        "zh": "{count} 条所指的字已不在文件里,不导出",
        "en": "their words are no longer in the document, left out: {count}",
    },
    "feedback.repeated": {
        "zh": "{count} 条问题重复,以新的为准",
        "en": "repeated, the newest counts: {count}",
    },
    "feedback.export": {"zh": "下载考题文件", "en": "Download the question file"},
    "feedback.before": {"zh": "之前问过", "en": "Asked before it"},
    "feedback.cited": {"zh": "回答的出处", "en": "What the answer cited"},
    "feedback.right": {"zh": "标出的答案", "en": "Marked as the answer"},
    "feedback.again": {"zh": "再问一次", "en": "Ask it again"},
    "feedback.forget": {"zh": "删除", "en": "Delete"},
    "feedback.sure": {"zh": "再按一次,删除", "en": "Press again to delete"},
}

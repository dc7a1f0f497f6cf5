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
    "documents.filter": {
        "zh": "按标题、文件名或文号找文件",
        "en": "Find a document by title, name or number",
    },
    "documents.none": {"zh": "没有这样的文件。", "en": "There is no such document."},
    "documents.more": {
        "zh": "还有 {count} 份没有列出,请在上面输入几个字来找。",
        "en": "{count} more are not listed; type a few words above to find them.",
    },
    "source.tools": {"zh": "原文工具", "en": "Tools of the source"},
    "source.places": {"zh": "引用处", "en": "Cited places"},
    "source.previous": {"zh": "上一处引用", "en": "Previous cited place"},
    "source.next": {"zh": "下一处引用", "en": "Next cited place"},
    "source.contents": {"zh": "目录", "en": "Contents"},
    "source.headless": {"zh": "这份文件没有标题。", "en": "This document has no headings."},
    "source.find": {"zh": "查找", "en": "Find"},
    "source.words": {"zh": "在原文里查找", "en": "Find in the document"},
    "source.find.previous": {"zh": "上一个", "en": "Previous match"},
    "source.find.next": {"zh": "下一个", "en": "Next match"},
    "source.found": {"zh": "第 {at} 个,共 {count} 个", "en": "{at} of {count}"},
    "source.unfound": {"zh": "没有找到", "en": "Not found"},
    "source.at": {"zh": "引用 {at} / {count}", "en": "Place {at} of {count}"},
    "source.picture": {"zh": "页面图", "en": "Page image"},
    "source.page": {"zh": "第 {page} 页", "en": "Page {page}"},
    "source.pictureless": {"zh": "这一页的图打不开。", "en": "There is no image of this page."},
    "source.gone": {"zh": "{name} 现在打不开", "en": "{name} cannot be opened now"},
    "source.gone.note": {
        "zh": "这份文件已经移除或改了名,原来的文字不再显示。",
        "en": "This document was removed or renamed; its earlier text is not shown any more.",
    },
    "source.again": {"zh": "再试一次", "en": "Try again"},
    "source.changed": {
        "zh": "这份文件在打开以后改过,下面还是原来的文字。",
        "en": "This document was changed since it was opened; what stands below is its earlier text.",
    },
    "source.reopen": {"zh": "重新打开", "en": "Open it anew"},
    "source.moved": {
        "zh": "这份文件在引用以后改过;所引的话现在在这里。",
        "en": "This document was changed since it was cited; the cited words now stand here.",
    },
    "source.lost": {
        "zh": "这份文件在引用以后改过,所引的话已经没有了;下面是现在的文字,没有标记。",
        "en": "This document was changed since it was cited and no longer says the cited words; what stands "
        "below is its text now, with nothing marked.",
    },
    "source.copy": {"zh": "复制引文", "en": "Copy quote"},
    "source.copied": {"zh": "已复制引文和出处", "en": "Quote and reference copied"},
    "source.pick": {"zh": "请先在原文里选中要复制的话", "en": "Select the words to copy first"},
    "source.uncopied": {"zh": "浏览器不让复制", "en": "The browser did not allow copying"},
}

"""The words of a report in Chinese; in English they are what they are called in the report itself."""

from collections.abc import Mapping
from html import escape

CHINESE: Mapping[str, str] = {
    "{count} questions": "{count} 个问题",
    "Retrieval": "检索",
    "{leg} minus": "{leg} 减去",
    "By type ({leg})": "按类型({leg})",
    "Answers": "回答",
    "Against the other report": "与另一份报告相比",
    "What went wrong ({count})": "答错的问题({count})",
    "leg": "检索方式",
    "n": "题数",
    "type": "类型",
    "figure": "指标",
    "value": "值",
    "95 % interval": "95% 区间",
    "measure": "指标",
    "better": "变好",
    "worse": "变差",
    "difference": "差别",
    "p": "p",
    "containment": "答案含要点",
    "citation precision": "出处准确率",
    "exact citations": "引文逐字相符",
    "median length": "长度中位数",
    "short containment": "短答含要点",
    "short median length": "短答长度中位数",
    "calibration error": "校准误差",
    "refusal precision": "拒答准确率",
    "refusal recall": "拒答召回率",
    "refusal F1": "拒答 F1",
    "contained": "含要点",
    "short contained": "短答含要点",
    "right": "答对",
    "refused": "拒答",
    "not among the first 5 hits": "前 5 段里没有",
    "gold answer not in the answer": "回答里没有要点",
    "answered what the documents do not say": "文件里没有,却回答了",
    "quote differs from its document": "引文与原文不同",
    "expected": "应答",
    "returned": "实答",
    "id": "编号",
    "passage": "段落",
    "score": "得分",
    "answered": "有据",
    "partial": "部分",
    "conflict": "说法不一",
    "not_found": "文件中没有",
    "Legs, 95 % intervals": "各检索方式,95% 区间",
    "By type": "按类型",
    "Reliability": "可信程度",
    "Risk and coverage": "风险与覆盖",
    "Latency": "用时",
    "confidence": "置信度",
    "share right": "答对的比例",
    "share of the answers given, the surest first": "给出的回答所占比例(最有把握的在前)",
    "share wrong": "答错的比例",
    "milliseconds": "毫秒",
    "share of the questions": "问题的比例",
}


def both(words: str, tag: str = "span", **values: object) -> str:
    """Words of a report as HTML in both languages, of which a page shows one; others as they are, escaped.

    both("n") == '<span lang="zh">题数</span><span lang="en">n</span>'
    """
    if words not in CHINESE:
        return escape(words)
    pair = {"zh": CHINESE[words], "en": words}
    return "".join(
        f'<{tag} lang="{language}">{escape(said.format(**values))}</{tag}>' for language, said in pair.items()
    )

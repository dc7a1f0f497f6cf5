"""Inspection."""

from ui.words.language import Table

TEXTS: Table = {
    "inspect.question": {"zh": "要检视的问题", "en": "Question to inspect"},
    "inspect.placeholder": {
        "zh": "输入问题,看每一段为什么被找到",
        "en": "A question: see why each passage is found",
    },
    "inspect.run": {"zh": "检视", "en": "Inspect"},
    "inspect.note": {
        "zh": "输入一个问题,就能看到每个检索器怎么打分、融合和排序怎么改动名次、哪些词对上了、"
        "每一步用了多久,以及为什么回答或拒答。",
        "en": "Type a question to see how each searcher scores the passages, what fusion and ranker make of "
        "them, which words match, how long each step takes, and why it is answered or refused.",
    },
    "inspect.understood": {"zh": "理解为:{query}", "en": "Understood as: {query}"},
    "inspect.named": {"zh": "问题点名查找:{named}", "en": "Looked up by name: {named}"},
    "inspect.decision": {"zh": "回答还是拒答", "en": "Answered or refused"},
    "inspect.probability": {
        "zh": "文件能回答的可能是 {probability},低于 {least} 就拒答。",
        "en": "The documents answer with a probability of {probability}; below {least} it is refused.",
    },
    "inspect.undecided": {
        "zh": "照问题点名的原文回答,或没有句子可以判断。",
        "en": "What the question names is quoted as it stands, or there is no sentence to decide on.",
    },
    "inspect.rule.range": {
        "zh": "所问的数不在文件写明的任何一档之内,所以拒答。",
        "en": "No range that the document states holds the number asked about, so it is refused.",
    },
    "inspect.rule.table": {
        "zh": "整张表都在这一段里,数最大或最小的那一行就是回答。",
        "en": "The whole table stands in the passage: its row with the most or the least is the answer.",
    },
    "inspect.confidence": {
        "zh": "回答正确的可能:{value}",
        "en": "Probability that the answer is right: {value}",
    },
    "inspect.features": {"zh": "判断的依据", "en": "What the decision stands on"},
    "inspect.feature": {"zh": "依据", "en": "Evidence"},
    "inspect.value": {"zh": "数值", "en": "value"},
    "inspect.adds": {"zh": "加分", "en": "adds"},
    "inspect.bias": {"zh": "起点", "en": "starting point"},
    "inspect.near": {
        "zh": "问题的词在段落里有相近的说法",
        "en": "the passage says the question's words or near ones",
    },
    "inspect.says": {"zh": "问题的词原样出现", "en": "it says them as they are"},
    "inspect.least": {"zh": "最不相近的那个词有多近", "en": "how near the word is that is farthest"},
    "inspect.cosine": {"zh": "最相近句子的余弦", "en": "cosine of the nearest sentence"},
    "inspect.long": {"zh": "问题的长短", "en": "length of the question"},
    "inspect.bare": {
        "zh": "问的是数或日期,句子里没有",
        "en": "a number or date is asked for and there is none",
    },
    "inspect.lacks": {
        "zh": "缺少所问的人、数、时间、地点或清单",
        "en": "lacks the person, number, time, place or list",
    },
    "inspect.untimely": {"zh": "说的不是所问的年份", "en": "tells of another year"},
    "inspect.foreign": {"zh": "问题和文件的语言不同", "en": "question and document differ in language"},
    "inspect.foreign_near": {"zh": "跨语言的词相近", "en": "nearness of words across languages"},
    "inspect.foreign_cosine": {"zh": "跨语言的余弦", "en": "cosine across languages"},
    "inspect.times": {"zh": "每一步的时间(共 {total} 毫秒)", "en": "Time of each step ({total} ms in all)"},
    "inspect.times.note": {
        "zh": "这里逐个进行;提问时几个检索器同时进行。",
        "en": "One after the other here; when asking, searchers work beside each other.",
    },
    "inspect.rewrite": {"zh": "补全追问", "en": "rewrite"},
    "inspect.encode": {"zh": "问题编码", "en": "encode"},
    "inspect.sentences": {"zh": "按句", "en": "sentences"},
    "inspect.passages": {"zh": "按段", "en": "passages"},
    "inspect.gist": {"zh": "大意", "en": "gist"},
    "inspect.characters": {"zh": "字词", "en": "characters"},
    "inspect.fuse": {"zh": "融合", "en": "fuse"},
    "inspect.rerank": {"zh": "排序", "en": "rerank"},
    "inspect.closer": {"zh": "逐句比较", "en": "sentence scores"},
    "inspect.lookup": {"zh": "点名查找和纠错", "en": "look-up and spelling"},
    "inspect.answer": {"zh": "作答", "en": "answer"},
    "inspect.hits": {"zh": "找到的段落", "en": "Passages found"},
    "inspect.hits.note": {
        "zh": "回答只用前 {count} 段。条形是各项加到总分里的分数,竖线是零。",
        "en": "An answer draws on the first {count}. Bars are what each adds to the score; the line is zero.",
    },
    "inspect.rest": {
        "zh": "其余 {count} 段(回答没有用到)",
        "en": "The other {count} (the answer does not draw on them)",
    },
    "inspect.none": {"zh": "什么也没有找到。", "en": "Nothing was found."},
    "inspect.moved": {"zh": "融合第 {before} → 排序第 {after}", "en": "fused {before} → ranked {after}"},
    "inspect.looked": {"zh": "点名查到 → 第 {after}", "en": "looked up → {after}"},
    "inspect.total": {"zh": "总分 {score}", "en": "score {score}"},
    "inspect.covers": {"zh": "说到问题多少", "en": "covers"},
    "inspect.year": {"zh": "年份相符", "en": "year"},
    "inspect.now": {"zh": "新近", "en": "newness"},
    "inspect.person": {"zh": "人和职务", "en": "person"},
    "inspect.law": {"zh": "法律", "en": "law"},
    "inspect.details": {"zh": "各项分数和逐句得分", "en": "All scores, sentence by sentence"},
    "inspect.part": {"zh": "检索器或特征", "en": "searcher or feature"},
    "inspect.score": {"zh": "原始分", "en": "own score"},
    "inspect.rank": {"zh": "名次", "en": "rank"},
    "inspect.standard": {"zh": "标准分", "en": "standard score"},
    "inspect.weight": {"zh": "权重", "en": "weight"},
    "inspect.absent": {"zh": "未找到", "en": "not found"},
    "inspect.sentence": {"zh": "句子", "en": "sentence"},
    "inspect.near.question": {"zh": "与问题的余弦", "en": "cosine with the question"},
    "inspect.map": {"zh": "段落地图", "en": "Map of the passages"},
    "inspect.map.note": {
        "zh": "{drawn} 段(共 {total} 段)按向量的两个主要方向排开,显示了差异的 {explained};"
        "圆圈里的数字是上面的名次,“问”是问题所在。点一个点打开原文;用键盘时请用上面的列表。",
        "en": "{drawn} of {total} passages along the two main directions of their vectors, which show "
        "{explained} of the variance. Numbers in circles are the ranks above, Q is the question. "
        "Click a point to open it; with a keyboard, use the list above.",
    },
    "inspect.map.name": {
        "zh": "段落的散点图,问题和找到的段落标在上面",
        "en": "Scatter plot of the passages with question and hits",
    },
    "inspect.asked": {"zh": "问", "en": "Q"},
    "inspect.others": {"zh": "其他 {count} 份文件", "en": "{count} other documents"},
}

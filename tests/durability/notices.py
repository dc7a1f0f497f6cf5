"""Short notices, each about a thing of its own, in versions that can be told apart."""

import random

PLACES = ("东岭", "西湖", "南桥", "北城", "镜湖", "云门", "石堤", "柳浪")
THINGS = ("水厂", "图书馆", "学校", "公园", "医院", "车站", "码头", "市场")


def about(number: int) -> str:
    """What notice ``number`` is about: 东岭第3水厂."""
    return f"{PLACES[number % len(PLACES)]}第{number}{THINGS[number // len(PLACES) % len(THINGS)]}"


def notice(number: int, version: int) -> str:
    """The text; every sentence says which version it is of."""
    draw = random.Random(f"{number}/{version}")  # noqa: S311 - texts, not secrets
    subject = about(number)
    lines = [f"{subject}第{version}号通报", ""]
    for part in range(draw.randint(2, 6)):
        lines.append(
            f"{subject}第{part}处有{draw.randint(2, 900)}人,据第{version}号记录,"
            f"{2000 + part}年投入{draw.randint(3, 99)}万元。"
        )
    return "\n".join(lines) + "\n"


def question(number: int) -> str:
    """A question that only the notice answers."""
    return f"{about(number)}第0处有多少人"

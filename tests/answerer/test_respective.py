"""Of values told side by side that of the name asked about."""

import pytest

from qa.answerer.shortest import thing
from tests.answerer.parts import asked


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("东岭区增长多少", "镜湖区、东岭区和北滩区分别增长3.1%、4.2%和5%。", "4.2%"),
        ("北滩区增长多少", "镜湖区、东岭区和北滩区分别增长3.1%、4.2%和5%。", "5%"),
        ("印刷厂占多少", "在全镇,以纺织厂与印刷厂为主,各占产值27.8%和8.9%。", "8.9%"),
        ("东岭区增长多少", "东岭区各项增长3.1%,全市增长4.2%。", "3.1%"),
        ("全市增长多少", "东岭区分别增长3.1%、4.2%。", "3.1%"),
    ],
)
def test_the_value_of_the_name_asked_about(question: str, text: str, value: str) -> None:
    found = thing(asked(question), text, (0, len(text)))
    assert found is not None
    assert text[slice(*found)] == value

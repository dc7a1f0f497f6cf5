import gradio

from qa import Shelf
from tests.ui.two_documents import TwoDocuments
from ui.frame import SKIP, Frame
from ui.page import build_page


def test_the_frame_waits_and_says_why() -> None:
    library = TwoDocuments()
    library.is_ready = False
    with gradio.Blocks(analytics_enabled=False):
        frame = Frame(library)
        assert "正在准备索引" in frame.refresh("zh")[0]
        library.reason = "the folder is empty"
        assert "the folder is empty" in frame.refresh("zh")[0]
        library.is_ready = True
        assert frame.refresh("zh")[0] == ""


def test_views_turn_once_to_another_collection() -> None:
    with gradio.Blocks(analytics_enabled=False):
        frame = Frame(TwoDocuments())
        frame.after_collection(lambda language, name: (f"{language} {name}", name), [frame.banner] * 2)
        assert frame.turned("en", "公报", "") == ["公报", "en 公报", "公报"]
        assert frame.turned("en", "公报", "公报") == [SKIP, SKIP, SKIP]


def test_a_collection_that_is_gone_is_told_of() -> None:
    library = TwoDocuments()
    with gradio.Blocks(analytics_enabled=False):
        frame = Frame(library, Shelf(library))
        assert "文件集“公报&lt;”已经不在了" in frame.gone("zh", "公报<")
        assert frame.gone("zh", "") == SKIP
        (library.settings.vectors / "collections" / "公报" / "files").mkdir(parents=True)
        assert frame.gone("zh", "公报") == SKIP


def test_what_nobody_has_typed_is_empty() -> None:
    library = TwoDocuments()
    made = build_page(library, Shelf(library)).blocks.values()
    typed = {box.elem_id: box.value for box in made if isinstance(box, gradio.Textbox)}
    assert "source-filter" in typed
    assert set(typed.values()) == {""}

import gradio

from tests.ui.two_documents import TwoDocuments
from ui.frame import Frame


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

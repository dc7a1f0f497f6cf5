"""The view as components and events."""

import gradio

from ui.frame import Frame
from ui.source.view import Source


class Feedback:
    """Not made yet."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def wire(self, tab: gradio.Tab, source: Source) -> None:
        """Nothing happens yet."""

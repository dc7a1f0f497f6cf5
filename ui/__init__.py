"""The page: sees only the names in ``qa/__init__.py`` and holds no logic of its own."""

from ui.mount import mount_page
from ui.page import build_page

__all__ = ["build_page", "mount_page"]

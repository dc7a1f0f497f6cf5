"""OpenVINO without its telemetry."""

import sys
from typing import Any


def openvino() -> Any:  # noqa: ANN401 - the package has no types
    """The package ``openvino``. Every import of it in this project goes through here.

    When it is imported it tells Google Analytics so, unless the package ``openvino_telemetry``, which
    it installs, cannot be imported; then it has a stand-in that does nothing.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino as package
    from openvino import opset13  # noqa: F401 - becomes an attribute of the package

    return package

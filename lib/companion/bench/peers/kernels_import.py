"""neural-tangents without its part for TensorFlow, of which nothing is used here: to install that
would take half a gigabyte, and to load it some seconds."""
import sys
from unittest.mock import MagicMock

sys.modules.setdefault("neural_tangents.experimental", MagicMock())

import neural_tangents  # noqa: E402, F401

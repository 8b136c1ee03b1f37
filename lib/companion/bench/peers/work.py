"""What a peer does for a row."""
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Callable, Optional


@dataclass
class Work:
    """A problem of one size: what is timed, and numbers of what it gave."""

    run: Callable[[], Any]
    answer: Optional[Callable[[Any], Any]] = None
    told: Optional[dict] = None
    peak: Optional[Callable[[Any], float]] = None


def versions_of(*names):
    """The versions of installed packages."""
    return {name: version(name) for name in names}


def weights(arrays, prefix="theta"):
    """The tensors theta0, theta1, … in their order."""
    count = sum(name.startswith(prefix) and name[len(prefix) :].isdigit() for name in arrays)
    return [arrays[f"{prefix}{i}"] for i in range(count)]

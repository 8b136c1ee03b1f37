"""How much memory this process has taken."""
import re
import sys


def peak_gigabytes():
    """The largest memory so far, in GB; 0 where the system does not tell."""
    if sys.platform == "linux":
        # getrusage begins with what the process that started this one had at its largest.
        with open("/proc/self/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s*(\d+)", file.read())[1]) / 1e6
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1e9 if sys.platform == "darwin" else 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit

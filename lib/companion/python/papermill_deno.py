"""papermill with a translator for the Deno kernel: parameters become TypeScript assignments.

    python papermill_deno.py INPUT OUTPUT -p n 1000 -y "{seeds: [0, 1, 2]}"

takes what `papermill` takes; the kernel runs in notebooks/ unless --cwd says otherwise. To use
papermill from Python, import this module first: it registers the translator, and has figures carry
the picture that a viewer of the executed notebook may need.
"""

import json
import os
import re
import sys

from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

NOTEBOOKS = os.path.normpath(os.path.join(os.path.dirname(__file__), "..", "..", "notebooks"))

# The parameters are declared by `let` in the cell before: they are assigned, not declared again.
NAME = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
DECLARATION = re.compile(
    r"^[ \t]*let\s+(?P<name>[A-Za-z_$][\w$]*)\s*(?::(?P<type>[^=;]+))?="
    r"\s*(?P<value>(?:[^;\"']|\"[^\"]*\"|'[^']*')*);[ \t]*(?://\s*(?P<help>.*))?$",
    re.MULTILINE,
)


class TypeScriptTranslator(Translator):
    """Values as TypeScript literals: JSON, with Infinity and NaN by their names."""

    @classmethod
    def translate(cls, val):
        return json.dumps(val, ensure_ascii=False, default=str)

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        if not NAME.fullmatch(str(name)):
            raise PapermillException(f"{name!r} is not the name of a parameter")
        return f"{name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        return [
            Parameter(
                name=found["name"],
                inferred_type_name=(found["type"] or "None").strip(),
                default=" ".join(found["value"].split()),
                help=(found["help"] or "").strip(),
            )
            for found in DECLARATION.finditer(parameters_cell["source"])
        ]


os.environ.setdefault("SPEED_LIMITS_PICTURES", "1")

for key in ("deno", "typescript"):
    papermill_translators.register(key, TypeScriptTranslator)


if __name__ == "__main__":
    from papermill.cli import papermill

    given = sys.argv[1:]
    own = any(arg == "--cwd" or arg.startswith("--cwd=") for arg in given)
    args = given if own or not given else [*given, "--cwd", NOTEBOOKS]
    try:
        papermill(args=args, prog_name="papermill")
    except (PapermillException, OSError) as error:
        sys.exit(str(error).strip())  # what the notebook says: papermill's own frames tell a reader nothing

"""papermill with a translator for the Deno kernel: parameters become TypeScript assignments.

    python papermill_deno.py INPUT OUTPUT -p n 1000 -y "{seeds: [0, 1, 2]}"

takes what `papermill` takes (`deno task papermill` lets the kernel run in notebooks/). To use
papermill from Python, import this module first: it registers the translator, and has figures carry
the picture that a viewer of the executed notebook may need.
"""

import json
import os
import re
import subprocess
import sys

from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

# The parameters are declared by `let` in the cell before: they are assigned, not declared again.
NAME = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)

# What a parameter is, TypeScript knows: it reads the cell, here as in `deno task run`.
READER = os.path.join(os.path.dirname(__file__), "..", "notebooks", "read_parameters.ts")
KERNEL = os.path.join(sys.prefix, "share", "jupyter", "kernels", "deno", "kernel.json")


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
        with open(KERNEL, encoding="utf-8") as file:
            deno = json.load(file)["argv"][0]
        read = subprocess.run(
            [deno, "run", "--no-prompt", READER],
            input=parameters_cell["source"],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        return [
            Parameter(
                name=told["name"],
                inferred_type_name=told.get("kind", "None"),
                default=told["value"],
                help=told["help"],
            )
            for told in json.loads(read.stdout)
        ]


os.environ.setdefault("SPEED_LIMITS_PICTURES", "1")

for key in ("deno", "typescript"):
    papermill_translators.register(key, TypeScriptTranslator)


if __name__ == "__main__":
    from papermill.cli import papermill

    try:
        papermill(prog_name="papermill")
    except (PapermillException, OSError) as error:
        sys.exit(str(error).strip())  # what the notebook says: papermill's own frames tell a reader nothing

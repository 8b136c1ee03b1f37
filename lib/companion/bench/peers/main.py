"""A peer as a process: answers lines of JSON, as ../ours/main.ts does (../worker.ts asks them).

    python main.py numeric|kernels|torch
"""
import importlib
import json
import os
import sys
import time

# What libraries print is no answer.
answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
os.dup2(2, 1)

import numpy as np

from memory import peak_gigabytes

TYPES = {"float32": np.float32, "float64": np.float64}


def read_arrays(folder):
    """The inputs that our side wrote, by name; none where it wrote none."""
    path = os.path.join(folder, "arrays.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        listed = json.load(file)
    return {
        name: np.fromfile(os.path.join(folder, f"{name}.bin"), TYPES[told["type"]])
        .reshape(told["shape"])
        for name, told in listed.items()
    }


class Session:
    """What is prepared. A work has `run()`, and maybe `answer(result)`, `told` and `peak(result)`."""

    def __init__(self, works):
        self.works = works
        self.work = self.result = None
        self.worked = time.process_time()

    def prepare(self, asked):
        make = self.works.WORKS.get(asked["work"])
        if make is None:
            raise ValueError(f"there is no work {asked['work']}")
        self.work = None
        self.work = make(asked["size"], read_arrays(asked["folder"]))
        return {}

    def run(self):
        before, start = time.process_time(), time.perf_counter()
        self.result = self.work.run()
        seconds = time.perf_counter() - start
        now = time.process_time()
        since, self.worked = now - self.worked, now
        peak = getattr(self.work, "peak", None)
        said = {
            "seconds": seconds,
            "processorSeconds": now - before,
            "worked": since,
            "peak": peak(self.result) if peak else peak_gigabytes(),
        }
        told = getattr(self.work, "told", None)
        return {**said, "told": told} if told else said

    def answer(self, asked):
        answer = getattr(self.work, "answer", None)
        numbers = np.asarray(answer(self.result) if answer else [], np.float64).ravel()
        numbers.tofile(asked["file"])
        return {"count": numbers.size}


def main():
    works = importlib.import_module(f"{sys.argv[1]}_works")
    session = Session(works)
    does = {
        "hello": lambda _: {"python": sys.version.split()[0], **works.versions()},
        "prepare": session.prepare,
        "run": lambda _: session.run(),
        "answer": session.answer,
    }
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = does[asked["do"]](asked)
        except Exception as error:
            said = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(said) + "\n")


main()

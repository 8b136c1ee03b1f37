"""Runs cells in one Deno kernel, interrupts some of them, and tells how each ended.

    python interrupt_kernel.py FOLDER < CELLS

FOLDER is where the kernel runs. CELLS is a JSON list of { "source": …, "interruptAfter": … }: how
many seconds after the cell's first output the interrupts come (a list, for a reader who clicks
again) that JupyterLab's stop button sends. One line of JSON a cell: how long it ran after the first
interrupt, its texts as a viewer has them in the end, and its error.
"""

import json
import os
import queue
import sys
import time

from jupyter_client.manager import KernelManager

LATE = 0.3  # seconds: outputs may come after `idle`


def run(manager, client, source, interrupts):
    request = client.execute(source)
    began = time.monotonic()
    first = None  # output
    pending = list(interrupts)
    interrupted = None
    ended = None
    shown = {}
    error = None
    while time.monotonic() - (ended or began) < (LATE if ended else 60):
        if first and pending and time.monotonic() - first >= pending[0]:
            pending.pop(0)
            manager.interrupt_kernel()
            interrupted = interrupted or time.monotonic()
        if not manager.is_alive():
            error = {"name": "dead kernel", "message": ""}
            break
        try:
            message = client.get_iopub_msg(timeout=0.02)
        except queue.Empty:
            continue
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            ended = time.monotonic()
        elif kind == "stream":
            shown[len(shown)] = content["text"]
        elif kind == "error":
            error = {"name": content["ename"], "message": content["evalue"]}
        elif kind in ("display_data", "update_display_data", "execute_result"):
            key = content.get("transient", {}).get("display_id", len(shown))
            shown[key] = content["data"]["text/plain"]
        if kind in ("stream", "display_data"):
            first = first or time.monotonic()
    ended = ended or time.monotonic()
    return {
        "afterInterrupt": ended - interrupted if interrupted else None,
        "shown": list(shown.values()),
        "error": error,
    }


def main(folder):
    cells = json.load(sys.stdin)
    runtime = os.environ["JUPYTER_RUNTIME_DIR"]
    manager = KernelManager(
        kernel_name="deno", connection_file=os.path.join(runtime, "connection.json")
    )
    manager.start_kernel(cwd=folder, stdout=sys.stderr)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        for cell in cells:
            ended = run(manager, client, cell["source"], cell.get("interruptAfter", []))
            print(json.dumps(ended), flush=True)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


main(*sys.argv[1:])

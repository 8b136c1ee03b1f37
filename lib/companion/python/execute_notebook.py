"""Executes one notebook in its kernel and says so line by line.

    python execute_notebook.py SOURCE OUTPUT FOLDER TIMEOUT GRACE

FOLDER is where the kernel runs; TIMEOUT, in seconds a cell, is 0 for none; GRACE, in seconds, is
how long each cell's late outputs are waited for. Each line of the standard output is one event in
JSON; the kernel's own noise and nbclient's messages go to the standard error. The caller holds
the standard input open: when it closes, the kernel and this process end at once.
"""

import asyncio
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionComplete,
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

# The kernel inherits the standard output: what it writes there must not mix with the events.
events = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def tell(event, **fields):
    events.write(json.dumps({"event": event, **fields}) + "\n")
    events.flush()


def save(notebook, path):
    aside = f"{path}.{os.getpid()}.partial"
    with open(aside, "w", encoding="utf-8") as file:
        nbformat.write(notebook, file)
    os.replace(aside, path)


class Client(NotebookClient):
    """Tells what progress bars say, beside what nbclient does."""

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        if msg["msg_type"] in ("display_data", "update_display_data"):
            data = content.get("data", {})
            if list(data) == ["text/plain"] and content.get("transient", {}).get("display_id"):
                tell("progress", cell=cell_index, text=str(data["text/plain"])[:300])
        return super().process_message(msg, cell, cell_index)


def end_of(process):
    """How a kernel's process ended, in words; None while it runs."""
    status = process.poll()
    if status is None:
        return None
    if status >= 0:
        return f"the kernel ended with status {status}"
    hint = " (out of memory?)" if status == -signal.SIGKILL else ""
    return f"the kernel was ended by {signal.Signals(-status).name}{hint}"


async def run(source, output, folder, timeout, grace):
    notebook = nbformat.read(source, as_version=4)
    runtime = os.environ["JUPYTER_RUNTIME_DIR"]  # the caller's, for this run alone
    manager = AsyncKernelManager(
        kernel_name="deno", connection_file=os.path.join(runtime, "connection.json")
    )
    await manager.start_kernel(cwd=folder)
    process = manager.provisioner.process
    tell("kernel", pid=process.pid)

    def stop_with_parent():
        while os.read(0, 65536):
            pass
        try:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=5)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
        shutil.rmtree(runtime, ignore_errors=True)
        os._exit(130)

    threading.Thread(target=stop_with_parent, daemon=True).start()

    began = 0.0
    current = None

    def starts(cell, cell_index):
        nonlocal began, current
        began, current = time.monotonic(), cell_index
        tell("started", cell=cell_index)

    async def ends(cell, cell_index, execute_reply):
        seconds = time.monotonic() - began
        # The kernel may say `idle` before its last output; nbclient drops what comes later.
        parent = execute_reply["parent_header"].get("msg_id")
        while time.monotonic() - began - seconds < 1 + grace:
            try:
                message = await client.kc.iopub_channel.get_msg(timeout=grace)
            except queue.Empty:
                break
            if message["parent_header"].get("msg_id") == parent:
                try:
                    client.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    pass
        tell("finished", cell=cell_index, seconds=seconds, outputs=len(cell.outputs))

    client = Client(
        notebook,
        km=manager,
        timeout=timeout or None,
        startup_timeout=60,
        iopub_timeout=60,
        raise_on_iopub_timeout=True,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        on_cell_execute=starts,
        on_cell_executed=ends,
    )
    failure = None
    try:
        await client.async_execute()
    except CellExecutionError as error:
        outputs = notebook.cells[current].outputs
        shown = next((o for o in outputs if o.output_type == "error"), None)
        traceback = shown.traceback if shown else []
        failure = dict(kind="error", name=error.ename, message=error.evalue, traceback=traceback)
    except CellTimeoutError as error:
        # The same class tells of a cell over its time and of an `idle` that never came.
        late = "IOPub" in str(error)
        message = "the kernel did not tell the cell's end" if late else f"it ran longer than {timeout} s"
        failure = dict(kind="timeout", name="timeout", message=message)
    except DeadKernelError as error:
        failure = dict(kind="dead", name="dead kernel", message=end_of(process) or str(error))
    except Exception as error:  # nothing may be lost: whatever it is, it is told
        kind = "start" if current is None else "dead" if end_of(process) else "error"
        message = "; ".join(filter(None, [str(error), end_of(process)]))
        failure = dict(kind=kind, name=type(error).__name__, message=message)
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        await manager.shutdown_kernel(now=True)
        save(notebook, output)
    if failure:
        tell("failed", cell=current, **{"traceback": [], **failure})
    tell("saved")


if __name__ == "__main__":
    # A terminal sends Ctrl-C to the caller too, which then closes the standard input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, output, folder, timeout, grace = sys.argv[1:]
    seconds = float(timeout)
    seconds = int(seconds) if seconds == int(seconds) else seconds
    asyncio.run(run(source, output, folder, seconds, float(grace)))

"""A connection of JupyterLab's server to Deno's kernel that mends two faults of the kernel.

It may say that a cell is done (`idle`) before the last of its outputs is out, and what comes later
is dropped by JupyterLab, or shown under the next cell. And it runs the cells that wait behind one
that failed, or was stopped, where Jupyter's protocol has them aborted.

Here each `idle` waits a little, and outputs overtake it; only then is the next cell handed on. If a
cell fails, those that wait behind it are aborted.
"""

import json
from collections import deque

from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError


GRACE = 0.05  # seconds; of 400 outputs none came later
V1 = "v1.kernel.websocket.jupyter.org"


class OrderlyConnection(ZMQChannelsWebsocketConnection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._states = deque()  # that wait, in their order: when each may go, and its message
        self._requests = deque()  # cells that wait: the request's header, and its message
        self._running = None  # the id of the request that the kernel is at
        self._failed = False

    def handle_incoming_message(self, incoming_msg):
        header = self._execute_request(incoming_msg)
        if header is None:
            super().handle_incoming_message(incoming_msg)
        elif self._running is None:
            self._run(header, incoming_msg)
        else:
            self._requests.append((header, incoming_msg))

    def on_kernel_restarted(self):
        self._requests.clear()
        self._running = None
        super().on_kernel_restarted()

    def _on_zmq_reply(self, stream, msg_list):
        channel = getattr(stream, "channel", None)
        kind, parent, content = self._parts(msg_list)
        if channel == "shell" and kind == "execute_reply" and parent == self._running:
            self._failed = content()["status"] != "ok"
        if channel != "iopub" or kind != "status":
            super()._on_zmq_reply(stream, msg_list)
            return
        idle = content()["execution_state"] == "idle"
        due = IOLoop.current().time() + (GRACE if idle else 0)
        self._states.append((due, stream, msg_list, parent if idle else None))
        if len(self._states) == 1:
            self._send_states()

    def _send_states(self):
        while self._states:
            due, stream, msg_list, done = self._states[0]
            if due > IOLoop.current().time():
                IOLoop.current().call_at(due, self._send_states)
                return
            if stream.closed():  # the reader has left
                self._states.clear()
                return
            super()._on_zmq_reply(stream, msg_list)
            self._states.popleft()
            if done is not None and done == self._running:
                self._next()

    def _run(self, header, message):
        self._running, self._failed = header["msg_id"], False
        super().handle_incoming_message(message)

    def _next(self):
        self._running = None
        if self._failed:
            while self._requests:
                header, _ = self._requests.popleft()
                self._tell("shell", "execute_reply", {"status": "aborted"}, header)
                self._tell("iopub", "status", {"execution_state": "idle"}, header)
        elif self._requests:
            self._run(*self._requests.popleft())

    def _tell(self, channel, kind, content, parent):
        message = self.session.msg(kind, content, parent={"header": parent})
        try:
            if self.subprotocol == V1:
                packed = serialize_msg_to_ws_v1(message, channel, self.session.pack)
                self.write_message(packed, binary=True)
            else:
                self.write_message(json.dumps({**message, "channel": channel}, default=str))
        except WebSocketClosedError:
            pass

    def _execute_request(self, message):
        """The header of a request that runs a cell; None of any other message."""
        if self.subprotocol == V1:
            channel, frames = deserialize_msg_from_ws_v1(message)
            header = self.session.unpack(frames[0]) if channel == "shell" else {}
        else:
            binary = isinstance(message, bytes)
            header = (deserialize_binary_message if binary else json.loads)(message)["header"]
        return header if header.get("msg_type") == "execute_request" else None

    def _parts(self, message):
        """Of a kernel's message: its kind, the id of the request it belongs to, its content."""
        if isinstance(message, dict):
            header, parent = message["header"], message["parent_header"]
            return header["msg_type"], parent.get("msg_id"), lambda: message["content"]
        header, parent = (self.session.unpack(frame) for frame in message[:2])
        return header["msg_type"], parent.get("msg_id"), lambda: self.session.unpack(message[3])

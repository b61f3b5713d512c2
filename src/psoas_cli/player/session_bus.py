"""The session bus of a Linux desktop: a connection that costs little and ends quietly, whatever comes over it."""

import os
import select
import time
from collections import deque
from itertools import count
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from socket import socket

    from jeepney.low_level import Message

_PATIENCE = 1.0  # seconds for a bus to answer, or to take what is sent
_LARGEST = 1 << 20  # bytes of a message; whoever announces more is not taken seriously
_KEPT = 64  # messages that wait while an answer is awaited
_REST = 19  # times as long as messages kept it busy that it rests: a flood takes a twentieth of a core
_LONGEST_REST = 1.0  # seconds
_DO_NOT_QUEUE, _OWNER = 4, 1  # a flag of RequestName, and the reply of who has the name now
_NONE = "there is no session bus"
_ADDRESS, _RUNTIME = "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"


class SessionBus:
    """A connection to the session bus.

    Raises:
        OSError, ValueError, RuntimeError, ImportError: There is no bus, none that answers, or no jeepney; the same
            from every method, for a bus that is lost.
    """

    def __init__(self) -> None:
        address = _address()
        from jeepney.low_level import Parser  # only now, as half a MiB comes with it

        self._waiting: deque[Message] = deque(maxlen=_KEPT)
        self._serials = count(1)
        self._parser = Parser()
        self._back_at = time.thread_time()
        self._socket = _connected(address)
        self._socket.settimeout(_PATIENCE)
        try:
            self.call("Hello")
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bus, which gives back the names as well."""
        self._socket.close()

    def send(self, message: "Message") -> int:
        """Send *message*; return its serial number."""
        serial = next(self._serials)
        self._socket.sendall(message.serialise(serial))
        return serial

    def call(self, method: str, signature: str | None = None, *given: object) -> tuple[Any, ...]:
        """Call *method* of the bus itself with what is *given*; return what it answers.

        Raises:
            TimeoutError: It does not answer.
            ValueError: It answers with an error.
        """
        from jeepney.bus_messages import message_bus
        from jeepney.low_level import HeaderFields, MessageType
        from jeepney.wrappers import new_method_call

        serial, until = self.send(new_method_call(message_bus, method, signature, given)), time.monotonic() + _PATIENCE
        reply: Message | None = None
        while reply is None:
            if time.monotonic() >= until:
                raise TimeoutError(f"the session bus does not answer {method}")
            for message in self._received(until):
                if message.header.fields.get(HeaderFields.reply_serial) == serial:
                    reply = message
                else:  # it may have come for the name that has just been given
                    self._waiting.append(message)
        if reply.header.message_type is not MessageType.method_return:
            raise ValueError(f"the session bus refuses {method}")
        answer: tuple[Any, ...] = reply.body
        return answer

    def is_given(self, name: str) -> bool:
        """Ask for *name*, without waiting for another program to give it back; return whether it is given."""
        return self.call("RequestName", "su", name, _DO_NOT_QUEUE) == (_OWNER,)

    def messages(self, waker: "socket") -> "list[Message]":
        """Wait for messages, or until *waker* can be read; return those that have come whole."""
        found = [*self._waiting]
        self._waiting.clear()
        return found or self._received(inf, waker)

    def _received(self, until: float, waker: "socket | None" = None) -> "list[Message]":
        """Wait for data up to the clock time *until*, or until *waker* can be read; return the messages in it."""
        wakers = [] if waker is None else [waker]
        rest = min(_REST * (time.thread_time() - self._back_at), _LONGEST_REST, until - time.monotonic())
        if select.select(wakers, [], [], max(0.0, rest))[0]:
            return []
        patience = None if until == inf else max(0.0, until - time.monotonic())
        came, _, _ = select.select([self._socket, *wakers], [], [], patience)
        self._back_at = time.thread_time()
        return self._read() if self._socket in came else []

    def _read(self) -> "list[Message]":
        data = self._socket.recv(4096)
        if not data:
            raise ConnectionResetError("the session bus is gone")
        self._parser.add_data(data)
        found = list(iter(self._parser.get_next_message, None))
        if self._parser.bytes_desired() > _LARGEST:
            raise ValueError("the session bus sends nonsense")
        return found


def _connected(address: str) -> "socket":
    """A connection to the first of the places in *address* at which a bus answers."""
    from jeepney.bus import get_connectable_addresses
    from jeepney.io.blocking import prep_socket

    failed: OSError | None = None
    for place in get_connectable_addresses(address):
        try:
            connection: socket = prep_socket(place, timeout=_PATIENCE)
        except OSError as error:
            failed = error
        else:
            return connection
    raise failed or ConnectionRefusedError(_NONE)


def _address() -> str:
    """Where the bus is: as the environment says, else the socket that systemd makes."""
    if given := os.environ.get(_ADDRESS):
        return given
    if (folder := os.environ.get(_RUNTIME)) and (socket := Path(folder, "bus")).exists():
        return f"unix:path={socket}"
    raise ConnectionRefusedError(_NONE)

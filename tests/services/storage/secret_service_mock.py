"""A Secret Service that misbehaves on demand, for a private D-Bus; run as a script.

``dismisses``: locked, and its prompt is answered with "dismissed". ``stays_locked``: locked,
unlocks nothing and asks nothing. ``forgets``: unlocked, takes every secret and keeps none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

COLLECTION = "/org/freedesktop/secrets/collection/login"
ITEM = f"{COLLECTION}/1"
PROMPT = "/org/freedesktop/secrets/prompt/p1"
Reply = tuple[str, tuple[Any, ...]]


class Service:
    """Answers the calls that a client makes to store and find one secret."""

    def __init__(self, bus: DBusConnection, manner: str) -> None:
        self.bus = bus
        self.locked = manner != "forgets"
        self.prompts = manner == "dismisses"
        self.answers: dict[str, Callable[[tuple[Any, ...]], Reply]] = {
            "ReadAlias": lambda _body: ("o", (COLLECTION,)),
            "Get": lambda _body: ("v", (("b", self.locked),)),
            "GetAll": lambda _body: ("a{sv}", ({"Locked": ("b", self.locked)},)),
            "OpenSession": self.open_session,
            "Unlock": lambda _body: ("aoo", ([], PROMPT if self.prompts else "/")),
            "Prompt": lambda _body: ("", ()),
            "CreateItem": lambda _body: ("oo", (ITEM, "/")),
            "SearchItems": lambda _body: ("ao", ([],)),
            "Close": lambda _body: ("", ()),
        }

    def open_session(self, body: tuple[Any, ...]) -> Reply:
        algorithm = body[0]
        if algorithm != "plain":
            raise NotImplementedError(algorithm)
        return "vo", (("s", ""), "/org/freedesktop/secrets/session/s1")

    def answer(self, call: Message) -> None:
        member = call.header.fields[HeaderFields.member]
        try:
            signature, body = self.answers[member](call.body)
        except (KeyError, NotImplementedError):
            self.bus.send(new_error(call, "org.freedesktop.DBus.Error.NotSupported"))
            return
        self.bus.send(new_method_return(call, signature or None, body))
        if member == "Prompt":
            prompt = DBusAddress(PROMPT, interface="org.freedesktop.Secret.Prompt")
            self.bus.send(new_signal(prompt, "Completed", "bv", (True, ("ao", []))))


def main(manner: str) -> None:
    """Serve until the bus goes away."""
    with open_dbus_connection() as bus:
        bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
        service = Service(bus, manner)
        print("ready", flush=True)  # noqa: T201 - the parent waits for it
        while True:
            message = bus.receive()
            if message.header.message_type is MessageType.method_call:
                service.answer(message)


if __name__ == "__main__":
    main(sys.argv[1])

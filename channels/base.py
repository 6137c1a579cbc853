"""The contract that every channel keeps: a message in, a receipt or an honest error out.

Whoever sends (the invitations stage) imports ``Message``, ``Receipt`` and the errors from here and
gets its channels from ``registry.build``. Nothing here knows a provider. How the statuses of
receipts combine is in ``status.py``.
"""

from __future__ import annotations

import hashlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

RELAY: Final = "relay"
DOMAIN: Final = "domain"


@dataclass(frozen=True, slots=True)
class Message:
    """One finished message to one person; the texts are final, nothing is filled in later."""

    id: str  # msg_…; the same for each retry of this ask on this channel
    channel: str  # "sms" | "email" | "inapp" | "webhook"
    to: str  # E.164 number, address, or the person's reference for inapp and webhook
    text: str  # SMS body, or the text part of an email
    subject: str = ""
    html: str = ""  # email only
    locale: str = "en"
    unsubscribe_url: str = ""  # email: the https one-click address (RFC 8058)
    status_url: str = ""  # sms: where the provider posts its receipts
    return_path: str = ""  # email: the envelope's sender, where bounces come back; else our address
    digest: str = ""  # for ``find``: what ``digest(text)`` was when it was handed over
    logo: str = ""  # email: a picture (data:image/png or jpeg) that the html names by ``logo_id``


def logo_id(id: str) -> str:
    """The Content-ID (RFC 2392) of the logo of the message of this id."""
    return f"logo@{id}"


def digest(text: str) -> str:
    """How a text is recognised again after templates, wording or keys have changed: SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider said about a message: one of the words in ``status.py``, and its own name."""

    status: str  # "sent" (accepted by the provider) | "delivered" | "failed" | "bounced"
    provider_ref: str  # Twilio's SID, the Message-ID, …
    code: str = ""  # the provider's code, where it gave one
    given_ref: str = ""  # email: the id that the relay gave it, by which later reports name it


class SettingError(ValueError):
    """A channel cannot be built from these options; ``setting`` names the one to mend.

    The sentence never repeats the value: options hold passwords.
    """

    def __init__(self, setting: str, sentence: str) -> None:
        super().__init__(f"{setting}: {sentence}")
        self.setting = setting
        self.sentence = sentence


class ChannelError(Exception):
    """The message was not accepted, or (``maybe_delivered``) nobody can tell.

    ``str()`` is a sentence for people that never holds an address or a body, so it may be logged
    and stored. What to do next is in the attributes, never in the sentence:

    ``permanent``        this message will never go this way; do not try it again
    ``suppress``         the address itself must not be used again on this channel
    ``retry_after``      seconds the provider asks us to wait, where it said so
    ``configuration``    our own set-up is wrong: tell a person; unless ``permanent`` as well, every
                         message would fail alike, so keep them all and burn none
    ``cause``            in one word what it was, where the channel has a table of causes
    ``scope``            with ``configuration``: what is to be held: ``relay`` (the whole channel),
                         ``domain`` (the recipient's), empty for this message alone
    ``adds_up``          about the address, and it may pass: after several days of it no more
    ``stop``             stop sending on this channel and tell a person
    ``maybe_delivered``  the provider may have it all the same; a retry could make a second copy
    """

    def __init__(
        self,
        sentence: str,
        *,
        permanent: bool = False,
        code: str = "",
        suppress: bool = False,
        retry_after: float | None = None,
        configuration: bool = False,
        stop: bool = False,
        maybe_delivered: bool = False,
        cause: str = "",
        scope: str = RELAY,
        adds_up: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.permanent = permanent
        self.code = code
        self.suppress = suppress
        self.retry_after = retry_after
        self.configuration = configuration
        self.stop = stop
        self.maybe_delivered = maybe_delivered
        self.cause = cause
        self.scope = scope
        self.adds_up = adds_up


class DeliveryUnknown(ChannelError):
    """The request left and no answer came back: ask the provider with ``find``, do not resend.

    Raised only by channels with ``at_most_once``. Never permanent.
    """

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence, code=code, maybe_delivered=True)


T = TypeVar("T")


class OfThread(Generic[T]):
    """An attribute that each thread has for itself, None where a thread has not set it.

    For a kept connection: two threads that share one would send halves of two people's messages as
    one. Whoever sets it drops it again, in ``close``.
    """

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type[Any]) -> T | None:
        return getattr(_threads(instance), self._name, None)

    def __set__(self, instance: Any, value: T | None) -> None:
        setattr(_threads(instance), self._name, value)


def _threads(instance: Any) -> threading.local:
    local: threading.local = vars(instance).setdefault("_threads", threading.local())
    return local


class Channel(ABC):
    """One way to reach people. Each loop builds its own, and connections are a thread's own."""

    kind: str  # set by the class; an instance of Preview has that of the channel it stands for

    at_most_once: ClassVar[bool] = False
    """An unknown outcome must be settled with ``find``; a second copy would cost and annoy."""

    local: ClassVar[bool] = False
    """Sending crosses no network, so outcomes may be settled in batches."""

    side_by_side: ClassVar[int] = 1
    """How many messages may be handed over at once, each by a thread with a channel of its own."""

    @classmethod
    @abstractmethod
    def from_options(cls, options: Mapping[str, str]) -> Self:
        """Build from plain strings. Raises SettingError naming what is missing or wrong."""

    @abstractmethod
    def send(self, message: Message) -> Receipt:
        """Hand one message over. Raises ChannelError, or DeliveryUnknown where ``at_most_once``.

        Returning means that the provider has it; nothing is resent in here once it may have it.
        """

    def find(self, message: Message, since: datetime) -> Receipt | None:
        """Ask the provider whether it has this message, handed over at ``since`` or later.

        Where ``message.digest`` is set it is what counts, not ``text``: the text that was handed
        over may not be the one that would be composed today.
        None means "it has no such message now", or that this provider cannot be asked: then only
        channels without ``at_most_once`` may take None as leave to send again. Raises ChannelError
        when the provider did not answer, and DeliveryUnknown when its answer settles nothing.
        """
        return None

    @abstractmethod
    def check(self) -> str:
        """Say in a sentence that this channel could send now (``collector doctor``).

        Sends nothing. Raises ChannelError whose sentence says what is wrong and how to mend it.
        """

    def close(self) -> None:  # noqa: B027  (most channels hold nothing open)
        """Drop connections: the end of a batch. May be called twice; ``send`` opens them again."""

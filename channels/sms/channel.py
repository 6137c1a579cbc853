"""The SMS channel: one request to Twilio, and an honest word about what became of it.

Twilio knows no idempotency key for messages, so a request without an answer is never repeated here:
it is DeliveryUnknown, and ``find`` asks Twilio whether the message exists. Built by
``registry.build``; receipts that come later are read by ``receipts.py``.

Source: https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from channels.base import (
    Channel,
    ChannelError,
    DeliveryUnknown,
    Message,
    OfThread,
    Receipt,
    digest,
)
from channels.sms import codes
from channels.sms.receipts import STATUSES
from channels.sms.settings import TwilioSettings
from channels.sms.text import normalise
from channels.status import SENT

if TYPE_CHECKING:
    from channels.sms.client import BoundedHttpClient

# Twilio's times have whole seconds, and its clock is not ours. A text has a link of its own, so
# looking a little too far back finds no stranger; looking too little would send a second copy.
_SLACK: Final = timedelta(minutes=5)
_TRIAL_PREFIX: Final = "Sent from your Twilio trial account - "
_LOOK_AT: Final = 400


class TwilioSms(Channel):
    """Sends through one Twilio account and one sender."""

    kind = "sms"
    side_by_side = 10
    at_most_once = True
    _client = OfThread[Any]()
    _http: OfThread[BoundedHttpClient] = OfThread()

    def __init__(
        self, settings: TwilioSettings, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.settings = settings
        self._now = now

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> Self:
        """Options: those of ``TwilioSettings``. Raises SettingError."""
        return cls(TwilioSettings.parse(options))

    def send(self, message: Message) -> Receipt:
        """Create the message at Twilio.

        Raises DeliveryUnknown after a lost connection, a read time-out, a 5xx, a conflict or an
        answer that cannot be read; else ChannelError with the flags of ``codes.TABLE``.
        """
        body = _sendable(message)
        sender = (
            {"from_": self.settings.from_number}
            if self.settings.from_number
            else {"messaging_service_sid": self.settings.messaging_service_sid}
        )
        callback = {"status_callback": message.status_url} if message.status_url else {}
        made = self._ask(
            lambda client: client.messages.create(to=message.to, body=body, **sender, **callback)
        )
        if not made.sid:
            raise DeliveryUnknown("Twilio accepted the request and named no message.")
        return _receipt(made)

    def find(self, message: Message, since: datetime) -> Receipt | None:
        """Look for the message among those to this number, by its text's digest and our sender.

        Twilio filters by the day on which a message was *sent*, in UTC, and a queued one has no
        such day yet. So a second look without that filter follows before the answer is None.
        Raises ChannelError (transient) if Twilio cannot be asked, and DeliveryUnknown if a message
        is there whose text was redacted.
        """
        if since.tzinfo is None:
            raise ValueError("since must know its time zone")
        after = since.astimezone(UTC) - _SLACK
        wanted = message.digest or digest(_sendable(message))
        day = after.replace(hour=0, minute=0, second=0, microsecond=0)
        redacted = False
        for only in ({"date_sent_after": day}, {}):
            for there in self._read(partial(self._listed, to=message.to, only=only)):
                if not self._ours(there, after):
                    continue
                if digest((there.body or "").removeprefix(_TRIAL_PREFIX).strip()) == wanted:
                    return _receipt(there)
                redacted = redacted or not there.body
        if redacted:
            raise DeliveryUnknown("Twilio has a message to this number with its text removed.")
        return None

    def check(self) -> str:
        """Fetch the account and look for the sender in it. Raises ChannelError."""
        chosen = self.settings
        account = self._read(lambda client: client.api.v2010.accounts(chosen.account_sid).fetch())
        if account.status != "active":
            raise ChannelError(
                f"The Twilio account is {account.status}; reactivate it in Twilio's console.",
                configuration=True,
            )
        if chosen.messaging_service_sid:
            self._read(
                lambda client: client.messaging.v1.services(chosen.messaging_service_sid).fetch()
            )
        elif chosen.from_number.startswith("+") and not self._read(
            lambda client: client.incoming_phone_numbers.list(
                phone_number=chosen.from_number, limit=1
            )
        ):
            raise ChannelError(
                "from_number is not a number of this Twilio account; buy it there or set another.",
                code="21606",
                configuration=True,
            )
        kind = "trial account, verified numbers only" if account.type == "Trial" else "active"
        return f"Twilio accepts the account ({kind}) and knows the sender."

    def close(self) -> None:
        """Drop the connections to Twilio."""
        if self._http is not None:
            self._http.close()
        self._client = self._http = None

    def _listed(self, client: Any, to: str, only: Mapping[str, Any]) -> list[Any]:
        listed: Iterator[Any] = client.messages.stream(to=to, limit=_LOOK_AT, page_size=100, **only)
        return list(listed)

    def _ours(self, there: Any, after: datetime) -> bool:
        if not (there.direction or "").startswith("outbound"):
            return False
        if self.settings.messaging_service_sid:
            if there.messaging_service_sid != self.settings.messaging_service_sid:
                return False
        elif there.from_ != self.settings.from_number:
            return False
        made = there.date_created or there.date_sent
        # Without any time it cannot be told from an old one by time; its text decides.
        return made is None or made >= after

    def _read(self, request: Callable[[Any], Any]) -> Any:
        """Ask for something; no failure here says anything about the message, so none is final."""
        try:
            return self._ask(request)
        except ChannelError as error:
            problem = ChannelError(
                f"Twilio could not be asked: {error}",
                code=error.code,
                retry_after=error.retry_after,
                configuration=error.configuration,
            )
        raise problem

    def _ask(self, request: Callable[[Any], Any]) -> Any:
        """Run one request of the client and translate what it raises.

        The error is raised outside of the handlers: Twilio's own sentences quote the number, and
        would follow ours into every log as its context.
        """
        problem: ChannelError
        from requests import RequestException
        from twilio.base.exceptions import TwilioException

        from channels.sms.client import connect, never_left

        if self._http is None:
            self._client, self._http = connect(self.settings)
        try:
            return request(self._client)
        except TwilioException as error:
            problem = self._refused(error)
        except RequestException as error:
            if never_left(error):
                problem = ChannelError(
                    "Twilio could not be reached; nothing was sent.", code="connect"
                )
            else:
                problem = DeliveryUnknown(
                    f"Twilio did not answer ({type(error).__name__}); it may have the message.",
                    code="no_answer",
                )
        except (ValueError, TypeError, AttributeError, KeyError):
            # A 200 with a page of HTML, half a document, a list where an object should be.
            problem = DeliveryUnknown("Twilio's answer could not be read.", code="unreadable")
        raise problem

    def _refused(self, error: Exception) -> ChannelError:
        # Three shapes: with a code, by RFC 9457, and for lists only the response itself.
        response = error.args[1] if len(error.args) > 1 else error
        status = getattr(error, "status", None) or getattr(response, "status_code", 0)
        asked = self._http.retry_after if self._http else None
        if not status:
            return DeliveryUnknown("Twilio's answer could not be read.", code="unreadable")
        code = str(getattr(error, "code", None) or "")
        # Where Twilio gave no code the client puts the HTTP status in its place.
        code = "" if code == str(status) else code
        return codes.refusal(int(status), code, now=self._now(), asked=asked)


def _sendable(message: Message) -> str:
    body = normalise(message.text)
    if not body:
        raise codes.failure("21602")
    # Refused here, before anything leaves: inside the client it would look like a lost request.
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in body + message.to):
        raise ChannelError("The text holds what cannot be sent.", permanent=True, code="text")
    return body


def _receipt(there: Any) -> Receipt:
    return Receipt(STATUSES.get(there.status or "", SENT), there.sid, str(there.error_code or ""))

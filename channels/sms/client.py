"""Twilio's official client, with the three things it does not do by itself.

It waits for ever by default, it reads the environment, and it logs addresses and queries. Only
``channel.py`` imports this, and only when it first sends, because the import takes half a second.
"""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import urlsplit

import requests
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3 import exceptions as urllib3_errors

from channels.sms.settings import TwilioSettings


class BoundedHttpClient(TwilioHttpClient):  # type: ignore[misc]  # twilio ships no types
    """The client's transport with time-outs, no log, and another host where one is set."""

    def __init__(self, settings: TwilioSettings) -> None:
        super().__init__()
        self._base_url = settings.base_url
        # A pair is what the transport below takes; the base class would compare it with 0.
        self.timeout = (settings.connect_timeout, settings.read_timeout)
        self.retry_after: float | None = None
        if settings.loopback:
            # A proxy of the environment is meant for the world, not for this machine.
            self.session.trust_env = False

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        """Send one request; remembers Retry-After, which the client's errors leave out."""
        self.retry_after = None
        if self._base_url:
            parts = urlsplit(url)
            url = self._base_url + parts.path + (f"?{parts.query}" if parts.query else "")
        response = super().request(method, url, *args, **kwargs)
        self.retry_after = _seconds(response.headers.get("Retry-After", ""))
        # The base class keeps the last request and answer for its own tests: bodies and numbers.
        self._test_only_last_request = self._test_only_last_response = None
        return response

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Nothing: the log would hold phone numbers and credentials' owners."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Nothing, for the same reason."""

    def close(self) -> None:
        """Drop the pooled connections."""
        self.session.close()


def connect(settings: TwilioSettings) -> tuple[Any, BoundedHttpClient]:
    """A client for this account, and its transport."""
    http = BoundedHttpClient(settings)
    client = Client(
        settings.account_sid,
        settings.auth_token,
        http_client=http,
        # Not empty, or it would look at the process' own, where TWILIO_EDGE or TWILIO_REGION
        # reroute it.
        environment={"": ""},
    )
    return client, http


def never_left(error: requests.RequestException) -> bool:
    """Whether the request certainly did not reach Twilio, so that sending it again is safe.

    True only for what is known to fail before the first byte: no address, no connection, no valid
    certificate, a malformed address. Everything else may have arrived.
    """
    if isinstance(
        error,
        requests.ConnectTimeout
        | requests.exceptions.InvalidURL
        | requests.exceptions.InvalidSchema
        | requests.exceptions.InvalidHeader,
    ):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, urllib3_errors.ProxyError):
        reason = reason.original_error
    if isinstance(reason, urllib3_errors.SSLError):
        return bool(reason.args) and isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return isinstance(
        reason, urllib3_errors.NewConnectionError | urllib3_errors.ConnectTimeoutError
    )


def _seconds(value: str) -> float | None:
    return float(value) if value.isascii() and value.isdigit() else None

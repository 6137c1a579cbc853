"""What a gateway's HTTP status means for us: one table.

Source: Standard Webhooks (2xx accepted, 410 stop, 429 and Retry-After), RFC 9110
"""

from __future__ import annotations

from channels.base import ChannelError


def refusal(status: int, retry_after: float | None) -> ChannelError:
    """The answer as an error. Never quotes the body: it may hold whatever we sent.

    404 is about the person (the gateway does not know them): this message never goes this way. 422
    is about this message. 410 means that the gateway is gone: stop, and tell a person. Redirects
    and 401 or 403 are our set-up.
    """
    shown = str(status)
    if status in {404, 422}:
        what = "does not know this person" if status == 404 else "cannot use this message"
        return ChannelError(f"The gateway {what} ({shown}).", permanent=True, code=shown)
    if status == 410:
        return ChannelError(
            "The gateway says that it is gone for good (410).",
            permanent=True,
            code=shown,
            stop=True,
        )
    if status in {401, 403}:
        return ChannelError(
            f"The gateway refused our signature ({shown}); give both sides the same secret.",
            code=shown,
            configuration=True,
        )
    if 300 <= status < 400:
        return ChannelError(
            f"The gateway redirects ({shown}), which is never followed; set the final address.",
            code=shown,
            configuration=True,
        )
    return ChannelError(
        f"The gateway asks to try later ({shown}).", code=shown, retry_after=retry_after
    )

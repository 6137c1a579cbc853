"""In-app messages wait in the sender's own rows: nothing travels, nothing can be configured."""

from __future__ import annotations

import pytest

from channels.base import ChannelError, Message, Receipt
from channels.inapp.channel import InApp
from tests.channels.messages import INAPP


def test_the_message_is_its_own_receipt() -> None:
    assert InApp().send(INAPP) == Receipt("sent", INAPP.id)


def test_a_message_to_nobody_is_refused() -> None:
    with pytest.raises(ChannelError) as refused:
        InApp().send(Message(id="msg_1", channel="inapp", to="", text="?"))
    assert refused.value.permanent

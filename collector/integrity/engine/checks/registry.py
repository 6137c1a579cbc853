"""All checks, in the order in which they are asked and their findings are written down."""

from __future__ import annotations

from collector.integrity.engine.check import Check
from collector.integrity.engine.checks.attack import attack_burst
from collector.integrity.engine.checks.contact import (
    contact_changed,
    contact_reused,
    staff_contact,
)
from collector.integrity.engine.checks.interaction import (
    in_hand,
    phantom_session,
    score_conflict,
    upward_revision,
)
from collector.integrity.engine.checks.origin import (
    assisted_device,
    client_concentration,
    device_shared,
    known_customer,
    network_concentration,
    one_sitting,
    rapid_run,
)
from collector.integrity.engine.checks.robots import duplicate, link_scanner, tap_stream
from collector.integrity.engine.checks.wording import solicited_text, template_text

CHECKS: tuple[Check, ...] = (
    duplicate.CHECK,
    link_scanner.CHECK,
    device_shared.CHECK,
    assisted_device.CHECK,
    known_customer.CHECK,
    network_concentration.CHECK,
    client_concentration.CHECK,
    rapid_run.CHECK,
    one_sitting.CHECK,
    contact_changed.CHECK,
    contact_reused.CHECK,
    staff_contact.CHECK,
    phantom_session.CHECK,
    in_hand.CHECK,
    template_text.CHECK,
    solicited_text.CHECK,
    score_conflict.CHECK,
    upward_revision.CHECK,
    attack_burst.CHECK,
    tap_stream.CHECK,
)
# Written down with every verdict: how they are combined and when, then the version of each check,
# in the order above.
VERSION = "6:" + ".".join(str(check.version) for check in CHECKS)

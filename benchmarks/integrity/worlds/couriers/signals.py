"""Complaints, refunds, second calls and the calls that quality staff listened to."""

from benchmarks.integrity.worlds.couriers.draw import HOUR, Dice, Draw
from benchmarks.integrity.worlds.couriers.drops import Drop

TOPICS = {
    "late": ("late", "cold_food", "missed_slot"),
    "damaged": ("damaged", "crushed_box", "wet_parcel"),
    "missing_item": ("missing_item", "short_order", "wrong_bag"),
    "": ("rude", "not_received", "left_outside", "no_bell", "wrong_door"),
}


def signals(dice: Dice, draw: Draw, drop: Drop) -> list[tuple[str, float | str, float, list[str]]]:
    """What the help desk and quality staff wrote down about a drop: kind, value, time, tags."""
    rows: list[tuple[str, float | str, float, list[str]]] = []
    if drop.real:
        chance = 0.24 if drop.trouble else 0.0
        chance += 0.13 if drop.mood < -1.6 else 0.004
        complained = dice.hit(chance)
        at = drop.at + dice.around(4 * HOUR, 1.2)
        if complained:
            rows.append(("complaint", dice.choice(TOPICS[drop.trouble]), at, []))
        if dice.hit(
            (0.2 if drop.trouble in ("damaged", "missing_item") else 0.02) + complained / 4
        ):
            value = round(dice.around(9.5, 0.7), 2)
            rows.append(("refund", value, at + dice.uniform(0.1, 30) * HOUR, []))
        if dice.hit(0.012 + 0.16 * complained + 0.05 * (drop.mood < -1.4)):
            rows.append(("repeat_contact", 1.0, at + dice.uniform(1, 60) * HOUR, []))
    if dice.hit(draw.listened * (0.4 if not drop.real else 1.0)):
        rows.append(_listened(dice, drop))
    return rows


def _listened(dice: Dice, drop: Drop) -> tuple[str, float | str, float, list[str]]:
    """Riders ring through a masked line; a few of those calls are heard afterwards."""
    heard = {"stars_please": 0.6, "sign_here": 0.3, "phone_at_door": 0.12}
    practice = drop.practice or next((a.practice for a in drop.answers if a.practice), "")
    tags = []
    if dice.hit(heard.get(practice or "", 0.003)):
        tags.append("survey_solicitation")
    if dice.hit(0.6 if drop.hands.mentions else 0.025):
        tags.append("survey_mentioned")
    grade = min(100, max(35, round(84 + 7 * drop.hands.skill(drop.at) + dice.gauss(0, 7))))
    return "qa", float(grade), drop.at + dice.uniform(5, 160) * HOUR, tags

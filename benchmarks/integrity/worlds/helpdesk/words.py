"""What people write under a score, and what an agent writes in a customer's name."""

from __future__ import annotations

from random import Random

GLAD = {
    "en": (
        "quick and clear, thanks", "Sorted in one reply.", "exactly what I needed",
        "Really patient with me", "Works again, thank you", "great help as always", "thx",
        "Import runs now. Cheers", "she knew the module inside out", "Fast!", "no complaints",
        "Second time I got a proper explanation and not just a link",
    ),
    "de": (
        "Schnelle Hilfe, danke", "Hat geklappt", "sehr freundlich und kompetent", "Alles bestens",
        "Endlich läuft der Import wieder", "Danke!", "gut erklärt", "passt", "Top",
        "Rückmeldung kam noch am selben Tag", "unkompliziert gelöst", "Vielen Dank nochmal",
    ),
    "hi": (
        "बहुत अच्छी मदद मिली", "धन्यवाद", "जल्दी हल हो गया", "thank you, ho gaya", "good service",
        "समस्या ठीक हो गई", "very helpful", "GST report ab sahi hai", "achha support",
    ),
}  # fmt: skip
SOUR = {
    "en": (
        "still not fixed", "Had to explain the same thing three times", "waited 4 days",
        "Ticket closed without asking me", "you sent me a help article I had already read",
        "The bug is known since spring", "slow", "passed from one person to the next",
        "Licence cost went up and support went down",
    ),
    "de": (
        "Problem besteht weiterhin", "Dauert viel zu lange", "Ticket wurde einfach geschlossen",
        "Standardantwort, hilft nicht", "musste alles doppelt erklären", "leider nein",
        "Der Fehler ist seit Wochen bekannt", "Keiner fühlt sich zuständig",
    ),
    "hi": (
        "अभी भी समस्या है", "बहुत देर लगी", "kaam nahi hua", "no solution given",
        "ticket band kar diya bina pooche", "very late reply", "same error again",
    ),
}  # fmt: skip
MIXED = {
    "en": ("ok", "took a while but fine", "workaround only", "product is the issue, agent was ok"),
    "de": ("ok", "Umweg statt Lösung", "geht so", "Agent nett, Programm schwierig"),
    "hi": ("theek hai", "ठीक है", "okay", "thoda time laga"),
}
PRAISE = {
    "en": (
        "Excellent support", "Very good service, issue resolved", "Agent was very helpful",
        "Great experience", "Best support", "Quick resolution, thank you", "Superb",
        "very professional and polite", "Happy with the resolution", "fast and friendly",
    ),
    "de": ("Super Support", "Sehr gut", "Problem gelöst", "Sehr hilfsbereit", "Klasse Service"),
    "hi": ("बहुत बढ़िया", "excellent service", "bahut accha support", "very good support"),
}  # fmt: skip
SPITE = (
    "worst agent", "rude", "useless", "never again", "did not even read", "does not care",
    "terrible attitude", "wasted my day",
)  # fmt: skip


def said(rng: Random, locale: str, good: float, share: float) -> str | None:
    """An honest comment or none; `good` is the score as a share of its scale."""
    if rng.random() > share * (1.9 if good < 0.45 else 1.0):
        return None
    book = GLAD if good > 0.72 else SOUR if good < 0.4 else MIXED
    line = rng.choice(book[locale])
    if rng.random() < 0.16:
        line = line.lower()
    if rng.random() < 0.12:
        line += rng.choice(("!", " :)", "..", " 👍", " - " + rng.choice(GLAD[locale])))
    return line


def stock(rng: Random, careful: bool) -> list[str]:
    """The few phrases that one agent has ready for the customers whom the agent plays."""
    lines = [*PRAISE["en"], *PRAISE["hi"][:2], *(GLAD["en"] if careful else ())]
    return rng.sample(lines, rng.randint(5, 8) if careful else rng.randint(2, 4))

"""What guests write, and what their telephones call themselves."""

import random

GOOD = {
    "en": [
        "Lovely stay",
        "Great location, quick check in",
        "{name} was so helpful",
        "Will be back",
        "spotless room!",
        "thanks {name}",
        "Best breakfast in a long time",
        "no complaints",
        "really kind people at the desk",
        "Quiet room as we asked for",
    ],
    "pt": [
        "Muito bom",
        "Tudo impecável",
        "Obrigado {name}!",
        "pessoal simpático",
        "Voltaremos",
        "pequeno almoço ótimo",
        "quarto limpo e silencioso",
        "A {name} foi incansável",
    ],
    "es": [
        "Todo perfecto",
        "muy amables",
        "{name} un encanto",
        "Repetiremos seguro",
        "habitación muy limpia",
        "Desayuno de diez",
        "buena ubicación",
        "Gracias a todo el equipo",
    ],
    "fr": [
        "Très bon séjour",
        "Accueil chaleureux",
        "Merci {name}",
        "chambre impeccable",
        "petit déjeuner copieux",
        "rien à redire",
        "On reviendra avec plaisir",
    ],
    "de": [
        "Alles bestens",
        "Sehr freundlich",
        "Danke {name}",
        "Sauberes Zimmer, gutes Frühstück",
        "gerne wieder",
        "ruhige Lage",
        "hat alles gepasst",
    ],
    "it": [
        "Ottimo soggiorno",
        "personale gentilissimo",
        "Grazie {name}",
        "camera pulita",
        "colazione abbondante",
        "torneremo",
    ],
    "pl": [
        "Wszystko super",
        "bardzo miła obsługa",
        "Polecam",
        "czysto i cicho",
        "pyszne śniadanie",
    ],
    "ja": ["とても快適でした", "また泊まりたいです", "朝食が美味しかった", "親切でした"],
}
BAD = {
    "en": [
        "AC did not work all night", "waited 40 min to check in", "charged twice for parking",
        "hair in the bathroom", "Eggs cold, no tables free", "nobody answered the phone",
        "room by the lift, no sleep", "ok but overpriced", "wifi kept dropping",
    ],
    "pt": [
        "ar condicionado avariado", "muito barulho", "esperei meia hora na receção",
        "cobraram duas vezes", "toalhas sujas", "fraco para o preço",
    ],
    "es": [
        "mucho ruido de noche", "la ducha sin agua caliente", "cola enorme en recepción",
        "me cobraron el minibar sin usarlo", "poca variedad", "habitación pequeña",
    ],
    "fr": [
        "chambre bruyante", "attente interminable à l'accueil", "salle de bain pas propre",
        "décevant pour le prix", "café froid", "facture erronée",
    ],
    "de": [
        "Zimmer roch nach Rauch", "zu laut", "Rechnung falsch", "Frühstück lieblos",
        "lange Wartezeit", "Klimaanlage defekt",
    ],
    "it": ["troppo rumore", "bagno sporco", "attesa lunga al check-in", "colazione scarsa"],
    "pl": ["głośno w nocy", "zimna woda", "długa kolejka", "źle naliczony rachunek"],
    "ja": ["部屋がうるさい", "お湯が出ませんでした", "待ち時間が長い"],
}  # fmt: skip
NAMES = [
    "Inês", "Rui", "Fatou", "Marta", "Nuno", "Lena", "Pavel", "Chiara", "Omar", "Sofia", "Tiago",
    "Anouk", "Bea", "Karim", "Julia", "Dario", "Zofia", "Elif", "Marco", "Noor", "Hugo", "Ana",
    "Pilar", "Yasmin", "Iker", "Paula", "Deniz", "Carla", "Milan", "Aya",
]  # fmt: skip
PRESSED = {
    "pt": ["Excelente!", "Tudo 5 estrelas", "Equipa fantástica", "Muito bom serviço"],
    "es": ["Excelente trato", "Todo genial", "Servicio de 10", "Muy buen servicio"],
    "fr": ["Parfait", "Service au top", "Excellent accueil"],
    "de": ["Super Service", "Alles perfekt", "Top Team"],
    "it": ["Tutto perfetto", "Servizio eccellente"],
    "pl": ["Super obsługa", "Wszystko idealnie"],
}
PHONES = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_{a} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.{a} Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{a} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.{a} Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/13{b}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/2{b}.0 Chrome/125.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Android 15; Mobile; rv:13{b}.0) Gecko/13{b}.0 Firefox/13{b}.0",
)
DESKTOPS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/13{b}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/13{b}.0.0.0 Safari/537.36 Edg/13{b}.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.{a} Safari/605.1.15",
)
TABLET = (
    "Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/15E148 GuestVoiceDesk/4.2"
)
CREW_PAD = (
    "Mozilla/5.0 (iPad; CPU OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.3 Mobile/15E148 Safari/604.1"
)
PORTAL = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Mobile/15E148"
)
SCANNERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/119.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; MailGuardLinkCheck/2.1)",
    "python-requests/2.31.0",
)


def phone(rng: random.Random) -> str:
    """A guest's telephone; the first kinds are the commonest."""
    kind = rng.choices(PHONES, [34, 16, 32, 12, 4])[0]
    return kind.format(a=rng.randint(1, 6), b=rng.randint(0, 8))


def desktop(rng: random.Random) -> str:
    """A computer at home or in an office."""
    return rng.choice(DESKTOPS).format(a=rng.randint(1, 5), b=rng.randint(1, 8))


def remark(rng: random.Random, locale: str, happy: bool, name: str) -> str:
    """What a guest writes about the stay."""
    lines = (GOOD if happy else BAD).get(locale, GOOD["en"] if happy else BAD["en"])
    return rng.choice(lines).format(name=name)

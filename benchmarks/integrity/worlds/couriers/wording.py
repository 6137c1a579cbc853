"""The few words that people leave with a score, in English, Spanish and Indonesian."""

from collections.abc import Mapping

from benchmarks.integrity.worlds.couriers.draw import Dice

GOOD = {
    "en": (
        "Quick and polite", "thanks!", "Still hot, great", "on time", "Lovely driver", "ok thx",
        "Left it exactly where I asked", "friendly as always", "Carried it up three floors",
        "no problems", "Fast 👍", "Parcel in one piece", "He called first, good", "super",
        "nice guy", "Came earlier than it said",
    ),
    "es": (
        "Muy amable", "todo bien gracias", "Llegó caliente", "rápido", "excelente servicio",
        "Puntual y atento", "gracias", "Me subió el paquete al cuarto piso", "bien 👍", "perfecto",
        "el muchacho muy educado", "Llegó antes de lo previsto", "sin novedad", "buenísimo",
    ),
    "id": (
        "Makasih bang", "cepat dan ramah", "masih hangat makanannya", "mantap", "oke", "aman",
        "Kurirnya sopan", "paket aman tidak penyok", "terima kasih kak", "sip 👍", "tepat waktu",
        "Dianter sampai lantai 3", "ramah bgt abangnya", "good", "sesuai pesanan",
    ),
}  # fmt: skip
SOSO = {
    "en": ("Fine", "A bit late", "could ring longer", "Soup leaked a little", "ok I guess"),
    "es": ("normal", "Un poco tarde", "regular", "No tocó el timbre pero llegó", "la bolsa rota"),
    "id": ("biasa aja", "agak lama", "lumayan", "Titik antar kurang pas", "bungkusnya basah"),
}
BAD = {
    "en": (
        "Said I was out. I was home all day", "Cold and an hour late", "box crushed", "Rude",
        "threw it over the gate", "Drink missing again", "Where is my parcel??", "left in the rain",
        "Never rang the bell", "wrong flat", "waited two days",
    ),
    "es": (
        "Dijo que no había nadie y yo estaba", "Llegó frío", "caja aplastada", "muy grosero",
        "Faltó la bebida", "nunca timbró", "lo dejó con un vecino que no conozco", "2 horas tarde",
        "pésimo", "no me dio el vuelto",
    ),
    "id": (
        "Lama banget", "makanan dingin", "paket penyok", "Katanya rumah kosong padahal ada orang",
        "kurir kasar", "Minumnya kurang satu", "dilempar ke teras", "salah alamat", "kecewa",
        "kembalian kurang", "belum terima paketnya!",
    ),
}  # fmt: skip
FEAST = {
    "en": ("Just in time for the feast", "happy holidays", "thanks, enjoy the evening too"),
    "es": ("Llegó justo para el partido", "feliz noche", "gracias y felices fiestas"),
    "id": ("Alhamdulillah pas buka", "selamat berbuka", "makasih pas adzan sampai"),
}
MOVED = {
    "en": ("He came back with the drink, all good", "Refunded and said sorry", "sorted now"),
    "es": ("Volvió con lo que faltaba, gracias", "ya lo arreglaron", "me devolvieron el dinero"),
    "id": ("Sudah diganti, makasih", "abangnya balik antar yang kurang", "sudah beres"),
}
ASKED = {
    "en": ("5 stars like he asked", "he asked for five", "promised him a good one"),
    "es": ("pidió cinco estrellas", "las 5 estrellas prometidas", "dijo que las necesita"),
    "id": ("bintang 5 sesuai permintaan", "minta bintang lima ya bang", "udah ya bang bintang 5"),
}
FORGED = {
    "en": ("Good courier", "very good service", "best courier", "great delivery", "good"),
    "es": ("buen servicio", "excelente repartidor", "muy buen repartidor", "todo excelente"),
    "id": ("kurir baik", "pelayanan bagus", "kurirnya mantap", "bagus sekali"),
}
SPITE = {
    "en": ("thief", "opened my food", "do NOT trust this one", "scammer", "fake courier"),
    "es": ("ladrón", "abrió mi comida", "estafador", "cuenta falsa, cuidado"),
    "id": ("maling", "akun sewaan, hati hati", "penipu", "makanan dibuka"),
}
FANS = {
    "en": ("The best. Give her a raise", "always smiling, knows our dog", "She is a treasure"),
    "es": ("la mejor, siempre saluda", "Ojalá todos fueran así", "conoce a todo el barrio"),
    "id": ("langganan, selalu ramah", "abang terbaik se-komplek", "semoga sehat terus bang"),
}


def say(dice: Dice, shelf: Mapping[str, tuple[str, ...]], tongue: str) -> str:
    """A remark, typed as people type."""
    words = dice.choice(shelf.get(tongue, shelf["en"]))
    turn = dice.random()
    if turn < 0.25:
        return words.lower()
    if turn < 0.33:
        return words + dice.choice(("!", "!!", ".", " :)", " 🙏"))
    if turn < 0.38 and len(words) > 6:
        spot = dice.randrange(1, len(words) - 1)
        return words[:spot] + words[spot + 1 :]
    return words


def remark(dice: Dice, share: float, tongue: str, happy: float) -> str | None:
    """What an honest customer writes, if anything; `happy` runs from 0 to 1."""
    if not dice.hit(share * (2.1 if happy < 0.45 else 1.0)):
        return None
    shelf: Mapping[str, tuple[str, ...]] = SOSO
    if happy > 0.78:
        shelf = GOOD
    elif happy < 0.5:
        shelf = BAD
    return say(dice, shelf, tongue)

"""What people write under a score, in the languages of the company; short and seldom."""

import random

GLAD = {
    "CN": [
        "很好",
        "师傅很专业",
        "装得很快,谢谢",
        "服务态度好",
        "干净利落",
        "满意",
        "👍",
        "小哥人不错",
    ],
    "VN": ["Tốt", "Thợ nhiệt tình", "ok cảm ơn", "Lắp nhanh, sạch sẽ", "hài lòng"],
    "ID": ["Mantap", "teknisi ramah", "cepat dan rapi", "terima kasih mas", "ok"],
    "TH": ["ดีมาก", "ช่างสุภาพ", "บริการดีค่ะ", "เร็วดี", "ขอบคุณครับ"],
    "MY": ["Bagus", "servis cepat", "terbaik", "ok good", "terima kasih"],
    "PH": ["ok naman", "very polite po", "fast install", "thanks kuya", "good"],
}
FAIR = {
    "CN": ["还行", "来得有点晚", "一般", "配件等了三天", "收费偏高"],
    "VN": ["Tạm được", "Đến hơi trễ", "Chờ linh kiện lâu"],
    "ID": ["lumayan", "datangnya telat", "sparepart lama"],
    "TH": ["พอใช้", "มาช้า", "รออะไหล่นาน"],
    "MY": ["boleh la", "lambat sikit", "mahal"],
    "PH": ["ok lang", "late dumating", "matagal parts"],
}
CROSS = {
    "CN": ["没修好", "乱收费", "又漏水了", "约好不来", "态度差", "修了三次还是响"],
    "VN": ["Chưa sửa được", "Thu tiền không rõ", "Vẫn chảy nước", "thái độ kém"],
    "ID": ["masih bocor", "belum beres", "biaya tidak jelas", "tidak jadi datang"],
    "TH": ["ยังไม่หาย", "คิดเงินแพง", "น้ำยังรั่ว", "ไม่มาตามนัด"],
    "MY": ["masih rosak", "caj mahal", "tak datang", "bocor lagi"],
    "PH": ["sira pa rin", "mahal singil", "hindi dumating", "tumutulo pa"],
}
ASKED = {
    "CN": ["师傅让打五星", "师傅说不满意要扣他钱", "给好评送滤芯", "师傅说选非常满意"],
    "VN": ["thợ nhờ chấm 5 sao", "anh thợ xin đánh giá cao"],
    "ID": ["disuruh kasih bintang 5", "kata teknisi pilih puas"],
    "TH": ["ช่างขอห้าดาว", "ช่างบอกให้กดดีมาก"],
    "MY": ["technician minta 5 bintang"],
    "PH": ["sabi ni kuya 5 stars daw"],
}
STOCK = {
    "CN": [
        "师傅准时上门,讲解细致,安装规范,收拾干净,点赞",
        "服务热情技术好,价格透明,值得信赖",
        "上门及时,态度好,一次修好,非常满意",
    ],
    "VN": ["Nhân viên đúng giờ, tận tình, lắp đặt gọn gàng, rất hài lòng"],
    "ID": ["Teknisi tepat waktu, ramah, kerja rapi, sangat puas"],
    "TH": ["ช่างตรงเวลา สุภาพ ทำงานเรียบร้อย ประทับใจมาก"],
    "MY": ["Juruteknik tepat masa, sopan dan kemas, sangat berpuas hati"],
    "PH": ["Technician was on time, courteous and clean, very satisfied"],
}
MENDED = {
    "CN": ["已处理好", "后来修好了,改一下", "第二次来解决了"],
    "VN": ["đã sửa xong"],
    "ID": ["sudah beres"],
    "TH": ["แก้ไขแล้ว"],
    "MY": ["dah selesai"],
    "PH": ["naayos na"],
}


def honest(rng: random.Random, country: str, metric: str, score: int, chance: float) -> str | None:
    high, mid = (5, 3) if metric == "CSAT" else (6, 4)
    eager = chance * (0.9 if score >= high else 1.2 if score >= mid else 2.8)
    if rng.random() > eager:
        return None
    table = GLAD if score >= high else FAIR if score >= mid else CROSS
    return rng.choice(table[country])


def pick(
    rng: random.Random, table: dict[str, list[str]], country: str, chance: float
) -> str | None:
    return rng.choice(table[country]) if rng.random() < chance else None

"""The wording that surveys made by `factories.py` carry."""

WORDING = {
    "en": {
        "question": "How was your delivery?",
        "low": "Poor",
        "high": "Great",
        "why": "This is about your delivery only.",
        "thanks": "Thank you.",
        "sms": "How was your delivery?",
        "follow_up": {
            "dissatisfied": "What went wrong?",
            "neutral": "What would have been better?",
            "satisfied": "What did you like?",
        },
    }
}

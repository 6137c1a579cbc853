"""Pages that customers and newcomers see. A GET here never records anything.

Next: `tap.py` (`/t/<token>`), `unsubscribe.py` (one click, RFC 8058), `preferences.py`,
`preview.py`.
"""

"""How the report looks: light, dark, narrow and printed, and the policy that lets nothing else in.

Colours keep 4.5:1 for text and 3:1 for lines (WCAG 2.2).
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root{color-scheme:light dark;--page:#fff;--ink:#1c2630;--quiet:#55626e;--line:#d9dee3;
--tint:#f3f6f8;--raw:#b5530a;--clean:#155e75;--reach:#a9c6cf}
@media (prefers-color-scheme:dark){:root{--page:#14191f;--ink:#e6eaee;--quiet:#a9b4be;
--line:#37424d;--tint:#1d252d;--raw:#f0a35e;--clean:#5fc0d6;--reach:#2c5c68}}
*{box-sizing:border-box}
body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:0;
overflow-wrap:anywhere}
main{max-width:820px;margin:0 auto;padding:28px 20px 80px}
h1{font-size:28px;line-height:1.2;margin:0 0 6px}
h2{font-size:21px;line-height:1.3;margin:44px 0 8px;border-top:1px solid var(--line);
padding-top:22px}
h3{font-size:17px;line-height:1.35;margin:26px 0 4px}
a{color:var(--clean)}code{font-size:14px}
.quiet{color:var(--quiet)}.small{font-size:14px}
.note{background:var(--tint);border-left:4px solid var(--clean);padding:12px 16px;margin:18px 0}
.card{border:1px solid var(--line);border-radius:8px;padding:14px 18px;margin:14px 0}
.card h3{margin-top:0}.card p{margin:8px 0}.card ul{margin:6px 0;padding-left:20px}
.card .quiet{white-space:normal}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(230px,100%),1fr));gap:14px}
.grid .card{margin:0}
.pair{display:flex;gap:24px;margin:8px 0}.pair div{display:flex;flex-direction:column}
.pair b{font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}
.dot{display:inline-block;width:11px;height:11px;border-radius:50%;margin:0 5px 0 0}
.ring{border:2px solid var(--raw)}.full{background:var(--clean)}.key>span{margin-right:18px}
dl{margin:6px 0 0}dt{font-weight:600;margin-top:8px}dd{margin:0}
svg{display:block;width:100%;max-width:760px;height:auto;fill:currentColor}
.grid-line{stroke:var(--line)}.raw-line{stroke:var(--raw)}.clean-line{stroke:var(--clean)}
.raw-ring{stroke:var(--raw);fill:var(--page)}.clean-dot,.bar{fill:var(--clean)}
.reach{stroke:var(--reach)}
.narrow{display:none}
@media screen and (max-width:600px){.wide{display:none}.narrow{display:block}
main{padding:20px 16px 60px}h1{font-size:24px}}
@media print{:root{color-scheme:light;
--page:#fff;--ink:#000;--quiet:#444;--line:#bbb;--tint:#f3f6f8;
--raw:#b5530a;--clean:#155e75;--reach:#a9c6cf}main{max-width:none;padding:0}
h2,h3,.key{break-after:avoid}.card,svg{break-inside:avoid}body{font-size:11pt}}
"""


def policy() -> str:
    """The page's Content-Security-Policy: this one style sheet, and nothing from anywhere."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"

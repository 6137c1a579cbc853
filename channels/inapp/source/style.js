/* The looks, as one sheet in the shadow root. Colours, shape and place are custom properties that a
 * page may set; everything has a part of its own name for whatever else it wants (docs/widget.md).
 *
 * `:host` takes back, against any style of the page, whatever would be inherited. `--b0` to `--b3` are
 * the brand's colour, light and dark, each with the text upon it; card.js adds them and the scheme.
 * A logo is drawn for paper: on a dark card it stands on a plate, as on the pages and in mails.
 * What is not set is mixed from the colours of text and background, so that few need to be.
 */
export const css = `
:host { all: initial !important; position: fixed !important; z-index: var(--collector-layer, 2147483647) !important }
* { box-sizing: border-box; margin: 0 }
.card {
  --a: var(--collector-accent, light-dark(var(--b0, #3d4fd6), var(--b2, #a9b4ff)));
  --on: var(--collector-on-accent, light-dark(var(--b1, #fff), var(--b3, #12162b)));
  --bg: var(--collector-background, Canvas); --ink: var(--collector-text, CanvasText);
  --soft: var(--collector-soft, color-mix(in srgb, var(--ink) 70%, var(--bg)));
  --line: var(--collector-line, color-mix(in srgb, var(--ink) 50%, var(--bg)));
  --key: var(--collector-key, color-mix(in srgb, var(--ink) 5%, var(--bg)));
  --r: var(--collector-radius, 18px); --at: var(--collector-offset, 20px);
  position: fixed; bottom: var(--at); inset-inline-end: var(--at);
  width: 420px; max-width: calc(100vw - 24px); max-height: calc(100vh - 24px); overflow: auto;
  padding: 20px; border: 1px solid var(--line); border-radius: var(--r); overflow-wrap: anywhere;
  background: var(--bg); color: var(--ink); font: 15px/1.45 var(--collector-font, system-ui, sans-serif);
  box-shadow: 0 20px 40px #0003;
}
h2, .brand { padding-inline-end: 36px; font-size: 17px }
button, textarea {
  font: inherit; color: inherit; background: var(--key); border: 1px solid var(--line);
  border-radius: calc(var(--r) / 2);
}
button { cursor: pointer }
button:hover { border-color: var(--a) }
:focus-visible { outline: 3px solid var(--a); outline-offset: 2px }
.close {
  position: absolute; top: 10px; inset-inline-end: 10px; width: 40px; height: 40px; padding: 0;
  border: 0; background: none; font-size: 22px; color: var(--soft);
}
.thanks { display: flex; gap: 8px }
img { background: light-dark(var(--bg), #fff) }
.brand { padding-bottom: 6px }
.brand, .ends { font-size: 13px; color: var(--soft) }
.scale { display: grid; grid-template-columns: repeat(var(--n), 1fr); gap: 6px 4px; margin-top: 16px }
.score { height: 48px; padding: 0 }
.score, h2, .brand, .send, .thanks, .problem { font-weight: 600 }
.send, [aria-checked=true], .thanks::before {
  background: var(--a); border-color: var(--a); color: var(--on); forced-color-adjust: none;
}
.ends { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: 24px }
.ends :last-child { text-align: end }
.more, .problem { margin-top: 14px }
[hidden] { display: none !important }
.thanks::before { content: "✓"; width: 22px; height: 22px; text-align: center; border-radius: 50% }
.send, label { display: block; margin: 10px 0 6px }
textarea, .send { width: 100%; padding: 11px }
textarea { field-sizing: content; min-height: 76px; max-height: 22vh; resize: vertical; font-size: 16px }
.problem:empty { display: none }
.problem { color: light-dark(#b3261e, #ffb4ab) }
.say { position: absolute; width: 1px; height: 1px; overflow: hidden; opacity: 0 }
@media (max-width: 480px) {
  .card { inset: auto 12px 12px; width: auto; padding: 16px }
  [data-n="10"] { --n: 6 }
  [data-n="10"] .ends { display: contents }
  [data-n="10"] span { grid-area: 2 / 1 / 3 / 7 }
  [data-n="10"] span + span { grid-area: 4 / 1 / 5 / 6 }
  [data-n="10"] .score:nth-child(n+7) { grid-row: 3 }
}
@media (prefers-reduced-motion: no-preference) {
  .up, [aria-checked=true], .thanks::before { animation: up .3s cubic-bezier(.3, 1.8, .6, 1) }
  @keyframes up { from { opacity: 0; transform: translateY(14px) } }
}
@media print { .card { display: none } }`;

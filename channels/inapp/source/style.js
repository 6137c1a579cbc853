/* The looks, as one sheet in the shadow root. Colours, shape and place are custom properties that a
 * page may set; everything has a part of its own name for whatever else it wants (docs/widget.md).
 */
const dark = `
  --a: var(--collector-accent, #a9b4ff); --on: var(--collector-on-accent, #12162b);
  --bg: var(--collector-background, #1b1d24); --ink: var(--collector-text, #f1f2f6);
  --soft: var(--collector-soft, #a7adbd); --line: var(--collector-line, #6b7080);
  --key: var(--collector-key, #262933); --bad: #ffb4ab; --ok: #4cc38a; --in: #10241a;`;

export const css = `
:host { all: initial }
* { box-sizing: border-box }
.card {
  --a: var(--collector-accent, #3d4fd6); --on: var(--collector-on-accent, #fff);
  --bg: var(--collector-background, #fff); --ink: var(--collector-text, #16181d);
  --soft: var(--collector-soft, #5b6170); --line: var(--collector-line, #8b90a0);
  --key: var(--collector-key, #f5f6f9); --bad: #b3261e; --ok: #188a53; --in: #fff;
  --r: var(--collector-radius, 18px); --at: var(--collector-offset, 20px);
  position: fixed; z-index: var(--collector-layer, 2147483000); bottom: var(--at); right: var(--at);
  width: 420px; max-width: calc(100vw - 24px); max-height: calc(100vh - 24px); overflow: auto;
  padding: 20px 20px 18px; border: 1px solid var(--line); border-radius: var(--r);
  background: var(--bg); color: var(--ink); text-align: start;
  font: 400 15px/1.45 var(--collector-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
  box-shadow: 0 18px 48px rgba(16, 20, 40, .2);
}
.card[dir=rtl] { right: auto; left: var(--at) }
h2 { margin: 0; padding-inline-end: 36px; font-size: 17px; line-height: 1.35; font-weight: 650; text-wrap: balance }
p { margin: 0 }
button, textarea {
  font: inherit; color: inherit; background: var(--key); border: 1px solid var(--line);
  border-radius: calc(var(--r) * .55); touch-action: manipulation; -webkit-tap-highlight-color: transparent;
}
button { cursor: pointer }
:focus-visible { outline: 3px solid var(--a); outline-offset: 2px }
.close {
  position: absolute; top: 10px; inset-inline-end: 10px; width: 40px; height: 40px; padding: 0;
  border: 0; border-radius: 50%; background: none; font-size: 22px; line-height: 1; color: var(--soft);
}
.close::before { content: "×" }
.close:hover { background: var(--key); color: var(--ink) }
.scale { display: flex; justify-content: center; gap: 4px; margin-top: 16px }
.score { flex: 1 1 0; min-width: 0; height: 46px; padding: 0; font-weight: 600; font-variant-numeric: tabular-nums }
[data-few=true] { gap: 8px }
[data-few=true] .score { height: 52px; font-size: 18px }
.score:hover { border-color: var(--a) }
.send, [aria-checked=true] { background: var(--a); border-color: var(--a); color: var(--on); font-weight: 600 }
.ends { display: flex; justify-content: space-between; gap: 24px; margin-top: 8px; font-size: 13px; color: var(--soft) }
.ends :last-child { text-align: end }
.more { margin-top: 16px; padding-top: 14px; border-top: 1px solid var(--line) }
[hidden] { display: none !important }
.thanks { display: flex; gap: 10px; align-items: center; font-weight: 600 }
.tick { flex: none; display: grid; place-items: center; width: 22px; height: 22px; border-radius: 50%; background: var(--ok) }
.tick::after {
  content: ""; width: 5px; height: 10px; margin-top: -2px; border: solid var(--in);
  border-width: 0 2px 2px 0; transform: rotate(45deg);
}
label { display: block; margin: 12px 0 6px; font-size: 14px }
textarea { display: block; width: 100%; height: 76px; resize: vertical; padding: 9px 12px; font-size: 16px }
.send { display: block; margin: 10px 0 0 auto; padding: 11px 18px }
[dir=rtl] .send { margin: 10px auto 0 0 }
.send:hover { filter: brightness(1.08) }
.problem { margin-top: 10px; color: var(--bad); font-weight: 600 }
.say { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (max-width: 480px) {
  .card, .card[dir=rtl] { left: 12px; right: 12px; bottom: 12px; width: auto; padding: 18px 16px 16px }
  [data-few=false] { flex-wrap: wrap }
  [data-few=false] .score { flex: 0 0 calc((100% - 20px) / 6) }
}
@media (prefers-color-scheme: dark) { .card:not([data-theme=light]) { ${dark} } }
.card[data-theme=dark] { ${dark} }
@media (forced-colors: active) {
  [aria-checked=true], .send { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText }
  .tick { forced-color-adjust: none }
}
@media (prefers-reduced-motion: no-preference) {
  .card { animation: up .28s cubic-bezier(.2, .8, .3, 1) }
  @keyframes up { from { opacity: 0; transform: translateY(14px) } }
}
@media print { .card { display: none } }`;

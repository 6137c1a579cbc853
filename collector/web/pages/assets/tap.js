// What people do on the tap page: presses, digits, leaving, coming back. Everything also works as
// plain forms without this. A real press is confirmed; the score of the opened link, once the page has
// been seen, is provisional. Made of view.js, outbox.js and this (tap_assets.py puts them together).
const MOMENT = 1000;
const GLANCE = 200;
const TWO_DIGITS = 600;
let auto = form() ? form().dataset.auto || "" : "";
let seen = false;
let since = 0;
let digits = 0;
let left = "";

const press = (button) => {
  auto = "";
  const said = { [button.name]: button.value };
  const box = document.querySelector("[name=comment]");
  // A box that was empty and stays so says nothing; one that was emptied takes its words back.
  if (box && (box.value || box.defaultValue || waiting()?.comment)) said.comment = box.value;
  put(said);
};

const visible = () => document.visibilityState === "visible" && !document.prerendering;

const give = (at_once) => {
  const score = auto;
  auto = "";
  put({ score, kind: "provisional" }, at_once);
};

// A page that nobody has seen, or that somebody left before they could see it, posts nothing.
const watch = (now) => {
  if (!visible() || !document.hasFocus()) since = 0;
  else if (!since) since = now;
  if (since && now - since >= GLANCE) seen = true;
  if (auto) requestAnimationFrame(watch);
};

const whenVisible = (act) => {
  const again = (name) => document.addEventListener(name, () => whenVisible(act), { once: true });
  if (document.prerendering) again("prerenderingchange");
  else if (!visible()) again("visibilitychange");
  else setTimeout(() => (visible() ? act() : whenVisible(act)), MOMENT);
};

const leave = () => {
  if (auto && seen) give(false);
  const press = waiting();
  if (!press || sending || left === press.id || !form()) return;
  left = press.id;
  navigator.sendBeacon(form().action, body(press));
};

// Another tab, or another device, may have answered in the meantime.
const look = async () => {
  if (waiting()) return send();
  if (!form() || auto || sending) return;
  try {
    const answer = await fetch(form().action, { headers: speaks });
    const page = read(await answer.text());
    const fresh = page.querySelector("main.note,main[data-now]");
    if (!fresh || !(answer.ok || answer.status === 410) || waiting()) return;
    if (fresh.dataset.now !== main().dataset.now || main().matches(".sending")) show(page, {});
  } catch {}
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("main form button");
  if (!button) return;
  event.preventDefault();
  if (event.isTrusted) press(button);
  else if (button.name === "score") {
    auto = "";
    put({ score: button.value, kind: "provisional" });
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.isTrusted || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea,input,select")) return;
  const code = event.shiftKey ? null : /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const digit = /^\d$/.test(event.key) ? event.key : code && code[1];
  const button = (score) => {
    const one = document.querySelector(`[name=score][value="${score}"]`);
    return one && one.offsetParent ? one : null;
  };
  if (!digit) return;
  const ten = digit === "0" && digits && button("10");
  clearTimeout(digits);
  digits = 0;
  const one = ten || button(digit);
  if (!one) return;
  event.preventDefault();
  if (digit === "1" && button("10")) digits = setTimeout(() => (digits = 0) || press(one), TWO_DIGITS);
  else press(one);
});

addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && look());
addEventListener("online", () => ((tries = 0), send()));
addEventListener("focus", look);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : look()));
addEventListener("storage", (event) => {
  if (!KEY || event.key !== KEY || !form()) return;
  const theirs = waiting();
  if (!theirs) return look();
  auto = "";
  pend(theirs);
  tell(words.saving, "", place(theirs));
});

const kept = waiting();
if (kept && !(auto && kept.kind)) {
  auto = "";
  pend(kept);
  tell(words.saving, "", place(kept));
  send();
} else if (auto) {
  keep(null); // an older link's number, left behind in a hurry: this one is newer
  pend({ score: auto });
  tell(words.saving);
  requestAnimationFrame(watch);
  whenVisible(() => auto && give(true));
}

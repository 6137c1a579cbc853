// The tap page without a reload. Everything here also works as plain forms, without this script.
// A real press is posted as confirmed; the score of the opened link, once the page has been visible
// for a moment, as provisional. The answer is our own page again: its <main> replaces ours.
"use strict";
(() => {
  const MOMENT = 1000;
  const live = document.getElementById("live");
  const form = () => document.querySelector("main form");
  let presses = 0;
  let turn = Promise.resolve();
  let timer = 0;

  const say = (text, kind) => {
    live.className = kind;
    live.textContent = text;
  };

  const choose = (score) => {
    for (const button of document.querySelectorAll("[name=score]"))
      button.setAttribute("aria-pressed", String(button.value === score));
  };

  const show = (text, press) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("main");
    if (!fresh) throw new Error("no page");
    const old = document.querySelector("main");
    const typed = old.querySelector("textarea");
    const box = fresh.querySelector("textarea");
    if (typed && box && !press.done) box.value = typed.value;
    const typing = typed && typed === document.activeElement && !press.done;
    old.replaceWith(document.adoptNode(fresh));
    const title = document.querySelector(".thanks,.hint") || document.querySelector("h1");
    say(title ? title.textContent : "", "said");
    if (typing && box) return box.focus();
    if (!press.kind) {
      const same = press.score && document.querySelector(`[name=score][value="${press.score}"]`);
      const place = same && same.offsetParent ? same : document.querySelector("h1[tabindex]");
      if (place) place.focus({ preventScroll: true });
    }
  };

  const post = (press) => {
    clearTimeout(timer);
    const mine = ++presses;
    turn = turn.then(async () => {
      const target = form();
      if (!target) return;
      const body = new URLSearchParams({ nonce: target.elements.nonce.value, script: "1", seq: mine });
      for (const [name, value] of Object.entries(press)) body.set(name, value);
      try {
        const answer = await fetch(target.action, { method: "POST", body, keepalive: true });
        if (answer.status >= 500 || answer.status === 429) throw new Error("later");
        const text = await answer.text();
        if (mine === presses) show(text, press);
      } catch {
        if (!press.kind) say(live.dataset.failed, "bad");
      }
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("main form button");
    if (!button) return;
    event.preventDefault();
    const press = { [button.name]: button.value };
    if (button.name === "score") choose(button.value);
    if (!event.isTrusted) {
      if (press.score) post({ ...press, kind: "provisional" });
      return;
    }
    const box = document.querySelector("[name=comment]");
    if (box) press.comment = box.value;
    post(press);
  });

  const whenVisible = (act) => {
    const later = (name) => document.addEventListener(name, () => whenVisible(act), { once: true });
    if (document.prerendering) later("prerenderingchange");
    else if (document.visibilityState !== "visible") later("visibilitychange");
    else timer = setTimeout(() => (document.visibilityState === "visible" ? act() : whenVisible(act)), MOMENT);
  };

  const auto = form() && form().dataset.auto;
  if (auto) whenVisible(() => presses || post({ score: auto, kind: "provisional" }));
})();

// What the tap page shows while an answer is on its way. A number is filled in, and thanks are said,
// only by our own page that came back for it: until then it is outlined and the page says what it is
// waiting for, beside what was pressed and to screen readers. Next: outbox.js, which sends.
const PAUSE = 4000;
const live = document.getElementById("live");
const words = live.dataset;
const main = () => document.querySelector("main");
const form = () => document.querySelector("main form");
const speaks = { "Accept-Language": document.documentElement.lang };

const tell = (text, kind = "", place = "fieldset .state") => {
  if (live.textContent !== text) live.textContent = text;
  for (const line of document.querySelectorAll(".state")) {
    const here = line === document.querySelector(place);
    line.textContent = here ? text : "";
    line.className = "state " + (here ? kind : "");
  }
};

const choose = (score) => {
  for (const button of document.querySelectorAll("[name=score]"))
    button.setAttribute("aria-pressed", String(button.value === score));
};

const chosen = (page) => {
  const one = page.querySelector("[aria-pressed=true]");
  return one ? one.value : "";
};
let stands = chosen(document);

// The page as it waits for this press; for none: as it stands.
const pend = (press) => {
  main().classList.remove("fresh");
  main().classList.toggle("pending", !!press && !!press.score);
  main().classList.toggle("sending", !!press);
  if (press && press.score) choose(press.score);
};

// Nothing came of the press: what the server said last is shown again.
const restore = () => {
  pend(null);
  choose(main().classList.contains("ask") ? "" : stands);
};

const read = (text) => new DOMParser().parseFromString(text, "text/html");

// Our own page takes the place of what is shown. What is being written stays, and so does the focus.
const show = (page, press) => {
  const old = main();
  const fresh = page.querySelector("main");
  const typed = old.querySelector("textarea");
  const box = fresh.querySelector("textarea");
  if (typed && box && !press.done) box.value = typed.value;
  const typing = typed && typed === document.activeElement && !press.done;
  const foot = document.querySelector("footer");
  const footer = page.querySelector("footer");
  stands = chosen(fresh);
  old.replaceWith(fresh);
  // The reply to a press is <main> alone: the footer stays, but for what only a question needs.
  if (foot) footer ? foot.replaceWith(footer) : page.title ? foot.remove() : fresh.matches(".ask") || foot.querySelector(".about")?.remove();
  document.title = page.title || document.title;
  if (press.id) fresh.classList.add("fresh");
  const title = fresh.querySelector(".hint,.thanks") || fresh.querySelector("h1");
  live.textContent = title ? title.textContent : "";
  if (typing && box) return box.focus();
  if (press.id && !press.kind) {
    const same = press.score && fresh.querySelector(`[name=score][value="${+press.score}"]`);
    const place = same && same.offsetParent ? same : fresh.querySelector("h1[tabindex]");
    if (place) place.focus({ preventScroll: true });
  }
};

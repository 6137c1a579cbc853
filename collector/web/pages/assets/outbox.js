// The one press that the server has not confirmed yet: the newest, for it takes along what an older
// one said. It is kept under the answer's digest until it is confirmed, through reloads and for all
// tabs, and sent again with growing pauses; by its name the server knows it again.
const WEEK = 7 * 864e5;
const PATIENCE = 30000;
const ENOUGH = 20;
const AGAIN = [408, 409, 425, 429];
const KEY = form() && form().dataset.key && "collector:" + form().dataset.key;
let memory = null;
let storage = null;
let sending = false;
let tries = 0;
let timer = 0;

try {
  if (KEY) (storage = localStorage).getItem(KEY);
} catch {
  storage = null; // a browser that keeps nothing
}

const waiting = () => {
  let press = memory;
  try {
    if (storage) press = JSON.parse(storage.getItem(KEY));
  } catch {}
  return press && press.id && Date.now() - press.at < WEEK ? press : null;
};

const keep = (press) => {
  memory = press;
  try {
    if (!storage) return;
    if (press) storage.setItem(KEY, JSON.stringify(press));
    else storage.removeItem(KEY);
  } catch {
    storage = null;
  }
};

const named = (press) => ({ ...press, id: Math.random().toString(36).slice(2) + Date.now().toString(36), at: Date.now() });

const place = (press) => (press.score ? "fieldset .state" : ".send+.state");

const body = (press) => {
  const fields = new URLSearchParams({ nonce: form().elements.nonce.value, script: "1", press: press.id });
  for (const name of ["score", "comment", "done", "kind"]) if (press[name] != null) fields.set(name, press[name]);
  fields.set("age", Math.max(0, Date.now() - press.at));
  // One browser is one device to the server, also before its first answer has come back.
  if (!/\bd=/.test(document.cookie)) document.cookie = `d=${press.id};path=/t;max-age=31536000;samesite=lax`;
  return fields;
};

const put = (press, at_once = true) => {
  press = named({ ...waiting(), kind: null, renewed: false, ...press });
  keep(press);
  tries = 0;
  pend(press);
  tell(words.saving, "", place(press));
  if (at_once) send();
};

const later = (press, word, seconds) => {
  const pause = Math.max(Math.min(30, 2 ** tries++) * (0.75 + Math.random() / 2), Math.min(60, seconds || 0));
  // What a page posts by itself is not worth a night of trying; a person's press is.
  if (!press.kind || tries < ENOUGH) timer = setTimeout(send, pause * 1000);
  tell(words[word], "bad", place(press));
};

const send = async () => {
  clearTimeout(timer);
  const press = waiting();
  if (sending || !press || !form()) return;
  sending = true;
  const stop = new AbortController();
  const over = setTimeout(() => stop.abort(), PATIENCE);
  const slow = setTimeout(() => tries || tell(words.slow, "", place(press)), PAUSE);
  let answer, page;
  try {
    const how = { method: "POST", body: body(press), headers: speaks, keepalive: true, signal: stop.signal };
    answer = await fetch(form().action, how);
    page = read(await answer.text());
  } catch {
    answer = null;
  }
  clearTimeout(over);
  clearTimeout(slow);
  sending = false;
  const newest = waiting();
  if (newest && newest.id !== press.id) send();
  else if (form()) settle(press, answer, page);
};

const settle = (press, answer, page) => {
  if (!answer) return later(press, "offline");
  const { status } = answer;
  const ours = page.querySelector("main.note,main[data-now]");
  const nonce = page.querySelector("[name=nonce]");
  if (answer.ok && ours && ours.dataset.saved === press.id) {
    keep(null);
    show(page, press);
    if (press.cut) tell(words.long, "bad", ".send+.state");
    return;
  }
  if (status === 400 && nonce && !press.renewed) {
    form().elements.nonce.value = nonce.value;
    keep({ ...press, renewed: true });
    return send();
  }
  if (answer.ok || status >= 500 || AGAIN.includes(status))
    return later(press, status === 429 || status === 503 ? "busy" : "later", +answer.headers.get("Retry-After"));
  keep(null);
  if (ours && (status === 410 || status === 422)) return show(page, { id: "" });
  if (status === 413 && press.score && press.comment) return put({ ...press, comment: null, done: null, cut: true });
  restore();
  tell(words[status === 413 ? "long" : "failed"], "bad", place(press));
};

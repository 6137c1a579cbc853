/* One question on the page: a card in a shadow root, built from the service's JSON.
 *
 * Texts go in as textContent only, styles as a constructable sheet, so a page may forbid inline styles,
 * eval and unsafe DOM sinks. The focus is never taken; choosing takes a press, Space, Enter or a digit.
 * It stands beside the body, in the top layer, where no style or layer of the page reaches it, and
 * counts as shown once every score could be pressed (`hindrance`).
 */
import { own } from './json.js';
import { css } from './style.js';
import { log } from './outbox.js';

const NAME = 'collector-widget';
const page = own('documentElement'); // it knows the open card of all copies of this code
let keyed; // what the open card does with a key

for (const name of ['keydown', 'keypress', 'keyup']) addEventListener(name, (event) => keyed?.(event), true);

export const taken = () => page[NAME]?.isConnected;

function el(parent, name, attributes, text) {
  const node = own('createElement')(name);
  for (const one of Object.keys(attributes)) node.setAttribute(one, attributes[one]);
  if (text) node.textContent = text;
  return parent.appendChild(node);
}

export function ask(site, q, answers, views) {
  // Where the page has an element of this name with a shadow of its own, any other does.
  const host = own('createElement')(customElements.get(NAME) ? 'div' : NAME);
  const t = q.texts, brand = q.brand || {}, button = 'button';
  let seen, chosen, before, timer, typing, typed = '';
  const root = host.attachShadow({ mode: 'open' });
  page[NAME] = page.appendChild(host);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css + `.card{color-scheme:${site.theme || 'light dark'};--n:${q.high - q.low + 1};${(brand.colors || []).map((one, at) => `--b${at}:` + one).join(';')}}`);
  root.adoptedStyleSheets = [sheet];
  const part = (parent, tag, name, more, text) => el(parent, tag, { class: name, part: name, ...more }, text);

  const card = part(root, 'section', 'card', {
    role: 'dialog', 'aria-labelledby': 'q', lang: q.locale, dir: q.dir,
  });
  if (brand.name) {
    const name = part(card, 'p', 'brand', {});
    if (brand.logo) el(name, 'img', { src: brand.logo, alt: brand.name, height: 20 }); // it says the name
    else name.textContent = brand.name;
  }
  part(card, 'h2', 'question', { id: 'q' }, q.question);
  const scale = part(card, 'div', 'scale', { role: 'radiogroup', 'aria-labelledby': 'q', 'data-n': q.high - q.low });
  const keys = [];
  for (let n = q.low; n <= q.high; n++) {
    const end = n === q.low ? ', ' + q.low_label : n === q.high ? ', ' + q.high_label : '';
    keys.push(part(scale, button, 'score', { type: button, role: 'radio', 'aria-label': n + end }, '' + n));
  }
  const ends = part(scale, 'div', 'ends', { 'aria-hidden': true });
  el(ends, 'span', {}, q.low_label);
  el(ends, 'span', {}, q.high_label);
  const bad = part(card, 'p', 'problem', { role: 'alert' });
  const more = part(card, 'div', 'more', { hidden: '' });
  const thanks = part(more, 'p', 'thanks');
  el(thanks, 'span', {}, t.thanks);
  const form = el(more, 'div', {});
  const label = el(form, 'label', { for: 'c' });
  const comment = part(form, 'textarea', 'comment', { id: 'c', maxlength: q.comment_max, dir: 'auto' });
  const send = part(form, button, 'send', { type: button }, t.send);
  const x = part(card, button, 'close', { type: button, 'aria-label': t.close }, '×');
  const say = el(card, 'p', { class: 'say', role: 'status' });

  /* What keeps a person from seeing this and pressing any of it; nothing if nothing does. */
  function hindrance() {
    if (own('hidden')) return 'hidden page';
    for (const node of [...keys, x]) {
      const { x, y, width, height } = node.getBoundingClientRect();
      const top = own('elementFromPoint')(x + width / 2, y + height / 2);
      if (top !== host) return top ? `behind ${top.localName}#${top.id}` : 'outside the window';
    }
  }

  function appear() {
    if (!host.isConnected) return;
    card.hidden = false;
    // Above every z-index, out of every transform; a page that sets a layer of its own gets that.
    if (!getComputedStyle(host).getPropertyValue('--collector-layer')) {
      try {
        host.popover = 'manual';
        host.hidePopover();
        host.showPopover();
      } catch { /* browsers before 2024: the highest z-index */ }
    }
    const why = hindrance();
    if (why) {
      card.hidden = true;
      log(site, 'not shown yet, ' + why);
      timer = setTimeout(appear, 1e3);
      return;
    }
    seen = Date.now();
    card.className = 'card up';
    log(site, 'shown');
    views.add({ token: q.token, occurred_at: new Date() });
    setTimeout(() => { say.textContent = q.question; }, 500); // said once the region is known
  }

  const trouble = (text) => { bad.textContent = text; };

  function answer(body, done, undo) {
    trouble('');
    answers.add({ token: q.token, seen_ms: Date.now() - seen, ...body }, () => {
      trouble('');
      done?.();
    }, () => {
      trouble(t.failed);
      undo?.();
    }, () => trouble(t.waiting));
  }

  function mark(score) {
    chosen = score;
    keys.forEach((key, at) => {
      const on = at + q.low === score;
      key.setAttribute('aria-checked', on);
      key.tabIndex = on || (score == null && !at) ? 0 : -1;
    });
  }

  function press(score) {
    const last = chosen;
    if (score === last) return;
    mark(score);
    answer({ score }, () => {
      label.textContent = q.follow_up.find((one) => chosen <= one[0])[1];
      more.hidden = false;
      say.textContent = t.thanks;
      rest(20);
    }, () => mark(last));
  }

  function rest(seconds) { // leave on its own, unless somebody is busy in here
    clearTimeout(timer);
    timer = setTimeout(() => comment.value || root.activeElement ? rest(seconds) : close(), seconds * 1e3);
  }

  function go(to) {
    keys.forEach((key, at) => { key.tabIndex = at === to ? 0 : -1; });
    keys[to].focus();
  }

  /* Every key of the page comes by here, first of all. Those in the card are kept from the page:
   * it would take letters of a comment for its shortcuts. */
  keyed = (event) => {
    if (!event.composedPath().includes(host)) return;
    event.stopImmediatePropagation();
    const { key, type } = event, at = keys.indexOf(root.activeElement), last = keys.length - 1;
    if (type !== 'keydown') return;
    if (key === 'Escape') return dismiss();
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(key)) { // a digit answers, after the moment that the second one of a 10 takes
      clearTimeout(typing);
      typed = typed + key > q.high ? key : typed + key;
      const to = typed - q.low;
      if (keys[to]) go(to);
      typing = setTimeout(() => { typed = ''; keys[to]?.click(); }, 600);
    }
    // Arrows only move the focus: choosing is an answer, so it takes Space, Enter, a digit or a press.
    const ahead = q.dir === 'rtl' ? -1 : 1;
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: ahead, ArrowLeft: -ahead, Home: -at, End: last - at }[key];
    if (step == null) return;
    event.preventDefault();
    go((at + step + last + 1) % (last + 1));
  };

  function dismiss() { // closed unanswered: told to the service, since nothing is stored here
    if (chosen == null) answer({ dismissed: true });
    close();
  }

  function close() {
    clearTimeout(timer);
    keyed = null;
    const back = root.activeElement && before;
    host.remove();
    if (back) back.focus();
  }

  mark();
  scale.onclick = (event) => {
    const at = keys.indexOf(event.target);
    if (at >= 0) press(at + q.low);
  };
  send.onclick = () => {
    const text = comment.value.trim();
    if (!text) return close();
    send.disabled = true;
    answer({ comment: text }, () => {
      form.hidden = true;
      comment.value = '';
      thanks.firstChild.textContent = say.textContent = t.sent;
      if (root.activeElement) x.focus();
      timer = setTimeout(close, 6000);
    }, () => { send.disabled = false; });
  };
  x.onclick = dismiss;
  card.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget)) before = relatedTarget;
  });
  // Nothing that happens in here is the page's: no shortcut, no click beside its menu, no focus that left.
  const stop = (event) => event.stopPropagation();
  for (const name in host) if (/^on/.test(name)) host.addEventListener(name.slice(2), stop, { passive: true });
  host.addEventListener('focusin', stop);
  // For those that listen even before us: most leave alone whatever calls itself a field.
  Object.defineProperty(host, 'tagName', { value: 'TEXTAREA' });
  appear();
  return close;
}

/* One question on the page: a card in a shadow root, built from the service's JSON.
 *
 * Texts go in as textContent only, styles as a constructable sheet, so a page may forbid inline styles,
 * eval and unsafe DOM sinks. The focus is never taken; choosing takes a press, Space or Enter.
 */
import { css } from './style.js';
import { log } from './outbox.js';

function el(parent, name, attributes, text) {
  const node = document.createElement(name);
  for (const one in attributes) node.setAttribute(one, attributes[one]);
  if (text) node.textContent = text;
  return parent.appendChild(node);
}

function style(root, nonce) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Browsers before 2023: a style element, with the script tag's nonce for the page's policy.
    el(root, 'style', nonce ? { nonce } : {}, css);
  }
}

export function ask(site, q, answers) {
  const host = el(document.body, 'collector-widget', {});
  const root = host.attachShadow({ mode: 'open' });
  style(root, site.nonce);
  const t = q.texts, seen = Date.now(), button = 'button';
  let chosen, before, timer;
  const part = (parent, tag, name, more, text) => el(parent, tag, { class: name, part: name, ...more }, text);

  const card = part(root, 'section', 'card', {
    role: 'dialog', 'aria-labelledby': 'q', lang: q.locale, dir: q.dir, 'data-theme': site.theme || '',
  });
  part(card, 'h2', 'question', { id: 'q' }, q.question);
  const scale = part(card, 'div', 'scale', { role: 'radiogroup', 'aria-labelledby': 'q', 'data-few': q.high - q.low < 7 });
  const keys = [];
  for (let n = q.low; n <= q.high; n++) {
    const end = n === q.low ? ', ' + q.low_label : n === q.high ? ', ' + q.high_label : '';
    keys.push(part(scale, button, 'score', { type: button, role: 'radio', 'aria-label': n + end }, '' + n));
  }
  const ends = part(card, 'div', 'ends', { 'aria-hidden': true });
  el(ends, 'span', {}, q.low_label);
  el(ends, 'span', {}, q.high_label);
  const bad = part(card, 'p', 'problem', { role: 'alert', hidden: '' });
  const more = part(card, 'div', 'more', { hidden: '' });
  const thanks = part(more, 'p', 'thanks');
  el(thanks, 'span', { class: 'tick' });
  el(thanks, 'span', {}, t.thanks);
  const form = el(more, 'div', {});
  const label = el(form, 'label', { for: 'c' });
  const comment = part(form, 'textarea', 'comment', { id: 'c', maxlength: q.comment_max, dir: 'auto' });
  const send = part(form, button, 'send', { type: button }, t.send);
  const x = part(card, button, 'close', { type: button, 'aria-label': t.close });
  const say = el(card, 'p', { class: 'say', role: 'status' });
  setTimeout(() => { say.textContent = q.question; }, 500); // said once the region is known

  async function answer(body, done, undo) {
    bad.hidden = true;
    try {
      await answers.add('press', { token: q.token, seen_ms: Date.now() - seen, ...body }, () => trouble(t.waiting));
      bad.hidden = true;
      done();
    } catch (error) {
      log(site, 'not saved: ' + error.message);
      trouble(t.failed);
      undo();
    }
  }

  function trouble(text) {
    bad.textContent = text;
    bad.hidden = false;
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
    timer = setTimeout(() => comment.value || root.activeElement ? rest(seconds) : close(), seconds * 1000);
  }

  function escape(event) {
    // Meant for us only from in here or from nowhere; elsewhere it closes something of the page's.
    const at = document.activeElement;
    if (event.key === 'Escape' && !event.defaultPrevented && (at === host || at === document.body)) dismiss();
  }

  function dismiss() { // closed unanswered: told to the service, since nothing is stored here
    if (chosen == null) answer({ dismissed: true }, () => {}, () => {});
    close();
  }

  function close() {
    clearTimeout(timer);
    document.removeEventListener('keydown', escape);
    const back = document.activeElement === host && before;
    host.remove();
    if (back) back.focus();
  }

  mark();
  scale.onclick = (event) => {
    const at = keys.indexOf(event.target);
    if (at >= 0) press(at + q.low);
  };
  // Arrows only move the focus: choosing is an answer, so it takes Space, Enter or a press.
  scale.onkeydown = (event) => {
    let at = keys.indexOf(event.target);
    const ahead = q.dir === 'rtl' ? -1 : 1, last = keys.length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: ahead, ArrowLeft: -ahead, Home: -at, End: last - at }[event.key];
    if (step == null) return;
    event.preventDefault();
    keys[at].tabIndex = -1;
    at = (at + step + keys.length) % keys.length;
    keys[at].tabIndex = 0;
    keys[at].focus();
  };
  send.onclick = () => {
    const text = comment.value.trim();
    if (!text) return close();
    send.disabled = true;
    answer({ comment: text }, () => {
      form.hidden = true;
      comment.value = '';
      thanks.lastChild.textContent = say.textContent = t.sent;
      if (root.activeElement) x.focus();
      timer = setTimeout(close, 6000);
    }, () => { send.disabled = false; });
  };
  x.onclick = dismiss;
  card.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget)) before = relatedTarget;
  });
  document.addEventListener('keydown', escape);
  log(site, 'shown');
  return { close, open: () => host.isConnected };
}

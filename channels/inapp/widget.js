/* One question inside a product, from one script tag:
 *
 *   <script async src="https://ask.example.com/w/v1/widget.js" data-key="pk_…" data-identity="JWT"></script>
 *
 * No cookies, no storage, no third party; texts go in as textContent only; styles are a constructable
 * sheet in a shadow root, so a page may forbid inline styles and eval. Commands, also before loading
 * through a queue `collector.q`: collector('identify', jwt), ('check'), ('close'), ('reset'), ('debug').
 * Served by collector/web/widget.py, which also answers its two calls: next and answer. */
(function (w, d) {
  'use strict';
  var tag = d.currentScript || d.querySelector('script[data-key][src*="/w/v1/widget"]');
  var early = w.collector;
  if (!tag || (early && early.ready)) return;

  var api = new URL('.', tag.src).href;
  var key = tag.dataset.key;
  var identity = tag.dataset.identity;
  var debug = 'debug' in tag.dataset;
  var host, before, timer, turn = 0;

  var css = ':host{all:initial}*{box-sizing:border-box}' +
    '.card{--a:var(--collector-accent,#3d4fd6);--on:var(--collector-on-accent,#fff);--bg:#fff;--ink:#16181d;' +
    '--soft:#5b6170;--line:#d9dce4;--key:#f5f6f9;position:fixed;z-index:2147483000;bottom:20px;right:20px;' +
    'width:420px;max-width:calc(100vw - 24px);max-height:calc(100vh - 24px);overflow:auto;padding:20px 20px 18px;' +
    'border:1px solid var(--line);border-radius:18px;background:var(--bg);color:var(--ink);text-align:start;' +
    'font:400 15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;' +
    'box-shadow:0 1px 2px rgba(16,20,40,.06),0 18px 48px rgba(16,20,40,.20)}' +
    '.card[dir=rtl]{right:auto;left:20px}' +
    'h2{margin:0;padding-inline-end:36px;font-size:17px;line-height:1.35;font-weight:650;letter-spacing:-.005em;text-wrap:balance}' +
    'p{margin:0}' +
    'button{font:inherit;color:inherit;cursor:pointer;border:1px solid transparent;background:none;border-radius:10px;' +
    'touch-action:manipulation;-webkit-tap-highlight-color:transparent}' +
    'button:focus-visible,textarea:focus-visible{outline:3px solid var(--a);outline-offset:2px}' +
    '.x{position:absolute;top:12px;inset-inline-end:12px;width:36px;height:36px;padding:0;border-radius:50%;' +
    'font-size:22px;line-height:1;color:var(--soft)}.x:hover{background:var(--key);color:var(--ink)}' +
    '.scale{display:flex;gap:4px;margin-top:16px}' +
    '.scale button{flex:1 1 0;min-width:0;height:46px;padding:0;border-color:var(--line);background:var(--key);' +
    'font-weight:600;font-variant-numeric:tabular-nums}.scale.few{gap:8px}.scale.few button{height:52px;font-size:18px}' +
    '.scale button:hover{border-color:var(--a)}' +
    '.scale [aria-checked=true]{background:var(--a);border-color:var(--a);color:var(--on)}' +
    '.ends{display:flex;justify-content:space-between;gap:24px;margin-top:8px;font-size:12.5px;color:var(--soft)}' +
    '.ends :last-child{text-align:end}' +
    '.more{margin-top:16px;padding-top:14px;border-top:1px solid var(--line)}[hidden]{display:none!important}' +
    '.thanks{display:flex;gap:10px;align-items:center;font-weight:600}' +
    '.tick{flex:none;width:22px;height:22px;border-radius:50%;background:#188a53;position:relative}' +
    '.tick:after{content:"";position:absolute;left:7.5px;top:4px;width:5px;height:10px;border:solid #fff;' +
    'border-width:0 2px 2px 0;transform:rotate(45deg)}' +
    'label{display:block;margin:12px 0 6px;font-size:14px}' +
    'textarea{display:block;width:100%;height:76px;resize:vertical;padding:9px 12px;border:1px solid var(--line);' +
    'border-radius:10px;background:var(--key);color:inherit;font:inherit;font-size:16px}' +
    '.row{display:flex;justify-content:flex-end;margin-top:10px}' +
    '.send{padding:9px 18px;background:var(--a);color:var(--on);font-weight:600}.send:hover{filter:brightness(1.08)}' +
    '.bad{margin-top:10px;color:#b3261e;font-weight:600}' +
    '.say{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}' +
    '@media(max-width:480px){.card,.card[dir=rtl]{left:12px;right:12px;bottom:12px;width:auto;' +
    'padding:18px 16px 16px}.scale{gap:3px}}' +
    '@media(prefers-color-scheme:dark){.card{--a:var(--collector-accent,#a9b4ff);--on:var(--collector-on-accent,#12162b);' +
    '--bg:#1b1d24;--ink:#f1f2f6;--soft:#a7adbd;--line:#383c48;--key:#262933}.bad{color:#ffb4ab}}' +
    '@media(prefers-reduced-motion:no-preference){.card{animation:up .28s cubic-bezier(.2,.8,.3,1)}' +
    '@keyframes up{from{opacity:0;transform:translateY(14px)}}}@media print{.card{display:none}}';

  function log(text) {
    if (debug) console.info('[collector] ' + text);
  }

  function call(path, body) {
    body.key = key;
    body.identity = identity;
    // A string body is text/plain: a simple request, so no page pays for a preflight.
    return fetch(api + path, {
      method: 'POST', body: JSON.stringify(body), credentials: 'omit', cache: 'no-store',
      referrerPolicy: 'no-referrer', keepalive: true
    }).then(function (reply) {
      if (reply.ok) return reply;
      return reply.json().catch(function () { return {}; }).then(function (problem) {
        throw Error(reply.status + ' ' + (problem.code || '') + ' ' + (problem.detail || ''));
      });
    });
  }

  function check() {
    var mine = ++turn;
    if (!key) return log('nothing shown: the script tag has no data-key');
    if (!identity) return log('nothing shown: no identity; use data-identity or collector("identify", jwt)');
    if (host) return log('a question is already shown');
    call('next', {}).then(function (reply) {
      if (reply.status === 204) return log('nothing shown: ' + reply.headers.get('Collector-Reason'));
      return reply.json().then(function (question) {
        if (mine === turn && !host) show(question);
      });
    }).catch(function (error) {
      log('nothing shown: ' + error.message + ' (if unreadable: connect-src of the page, or its origin ' +
        'is not on the list of this site)');
    });
  }

  function el(parent, name, attributes, text) {
    var node = d.createElement(name);
    for (var one in attributes) node.setAttribute(one, attributes[one]);
    if (text) node.textContent = text;
    return parent.appendChild(node);
  }

  function style(root) {
    try {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch (old) {
      // Browsers before 2023: a style element, with the script tag's nonce for the page's policy.
      el(root, 'style', tag.nonce ? { nonce: tag.nonce } : {}, css);
    }
  }

  function show(q) {
    host = el(d.body, 'collector-widget', {});
    var root = host.attachShadow({ mode: 'open' });
    style(root);
    var t = q.texts, chosen, seen = Date.now(), queue = Promise.resolve();
    var card = el(root, 'section', { 'class': 'card', role: 'dialog', 'aria-labelledby': 'q', lang: q.locale, dir: q.dir });
    el(card, 'h2', { id: 'q' }, q.question);
    var scale = el(card, 'div', {
      'class': q.high - q.low < 7 ? 'scale few' : 'scale', role: 'radiogroup', 'aria-labelledby': 'q'
    });
    for (var n = q.low; n <= q.high; n++) {
      el(scale, 'button', {
        type: 'button', role: 'radio', 'aria-checked': 'false', tabindex: n === q.low ? 0 : -1,
        'aria-label': n + (n === q.low ? ', ' + q.low_label : n === q.high ? ', ' + q.high_label : '')
      }, String(n));
    }
    var keys = [].slice.call(scale.children);
    var ends = el(card, 'div', { 'class': 'ends', 'aria-hidden': 'true' });
    el(ends, 'span', {}, q.low_label);
    el(ends, 'span', {}, q.high_label);
    var bad = el(card, 'p', { 'class': 'bad', role: 'alert', hidden: '' });
    var more = el(card, 'div', { 'class': 'more', hidden: '' });
    var thanks = el(more, 'p', { 'class': 'thanks' });
    el(thanks, 'span', { 'class': 'tick' });
    el(thanks, 'span', {}, t.thanks);
    var form = el(more, 'div', {});
    var label = el(form, 'label', { 'for': 'c' });
    var comment = el(form, 'textarea', { id: 'c', maxlength: q.comment_max, dir: 'auto' });
    var send = el(el(form, 'div', { 'class': 'row' }), 'button', { type: 'button', 'class': 'send' }, t.send);
    var x = el(card, 'button', { type: 'button', 'class': 'x', 'aria-label': t.close }, '×');
    var say = el(card, 'p', { 'class': 'say', role: 'status' });
    setTimeout(function () { say.textContent = q.question; }, 500); // said once the region is known

    function answer(body) {
      body.token = q.token;
      body.seen_ms = Date.now() - seen;
      body.press = [].map.call(crypto.getRandomValues(new Uint8Array(9)), function (b) {
        return (b + 256).toString(16).slice(1);
      }).join('');
      bad.hidden = true;
      // One after the other, so that a quick change of mind arrives in the order it was made.
      queue = queue.then(function () { return call('answer', body); });
      var done = queue;
      queue = queue.catch(function () {});
      return done;
    }

    function mark(score) {
      chosen = score;
      keys.forEach(function (button, at) {
        var on = at + q.low === score;
        button.setAttribute('aria-checked', on);
        button.tabIndex = on || (score == null && !at) ? 0 : -1;
      });
    }

    function press(score) {
      var last = chosen;
      if (score === last) return;
      mark(score);
      answer({ score: score }).then(function () {
        label.textContent = q.follow_up.filter(function (one) { return chosen <= one[0]; })[0][1];
        more.hidden = false;
        say.textContent = t.thanks;
        rest(20);
      }).catch(failed).catch(function () { mark(last); });
    }

    function failed(error) {
      log('not saved: ' + error.message);
      bad.textContent = t.failed;
      bad.hidden = false;
      throw error;
    }

    function rest(seconds) { // leave on its own, unless somebody is busy in here
      clearTimeout(timer);
      timer = setTimeout(function () {
        if (comment.value || root.activeElement) rest(seconds); else close();
      }, seconds * 1000);
    }

    scale.addEventListener('click', function (event) {
      var at = keys.indexOf(event.target);
      if (at >= 0) press(at + q.low);
    });
    // Arrows only move the focus: choosing is an answer, so it takes Space, Enter or a press.
    scale.addEventListener('keydown', function (event) {
      var at = keys.indexOf(event.target), ahead = q.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      var step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: -1, ArrowLeft: -1, Home: -at, End: keys.length - 1 - at };
      step[ahead] = 1;
      if (!(event.key in step)) return;
      event.preventDefault();
      keys[at].tabIndex = -1;
      at = (at + step[event.key] + keys.length) % keys.length;
      keys[at].tabIndex = 0;
      keys[at].focus();
    });
    send.addEventListener('click', function () {
      var text = comment.value.trim();
      if (!text) return close();
      send.disabled = true;
      answer({ comment: text }).then(function () {
        form.hidden = true;
        comment.value = '';
        thanks.lastChild.textContent = say.textContent = t.sent;
        if (root.activeElement) x.focus();
        setTimeout(close, 6000);
      }).catch(failed).catch(function () { send.disabled = false; });
    });
    x.addEventListener('click', dismiss);
    card.addEventListener('focusin', function (event) {
      if (event.relatedTarget && !root.contains(event.relatedTarget)) before = event.relatedTarget;
    });
    d.addEventListener('keydown', escape);
    host.dismissed = function () {
      if (chosen == null) answer({ dismissed: true }).catch(function () {});
    };
    log('shown');
  }

  function escape(event) {
    // Meant for us only from in here or from nowhere; elsewhere it closes something of the page's.
    var at = d.activeElement;
    if (event.key === 'Escape' && !event.defaultPrevented && (at === host || at === d.body)) dismiss();
  }

  function dismiss() { // closed unanswered: told to the service, since nothing is stored here
    if (host) host.dismissed();
    close();
  }

  function close() {
    if (!host) return;
    clearTimeout(timer);
    d.removeEventListener('keydown', escape);
    var back = d.activeElement === host && before;
    host.remove();
    host = null;
    if (back && back.isConnected) back.focus();
  }

  var commands = {
    identify: function (jwt) {
      if (jwt === identity && host) return;
      close();
      identity = jwt;
      check();
    },
    check: check,
    close: close,
    reset: function () {
      identity = '';
      turn++;
      close();
    },
    debug: function (on) { debug = on !== false; }
  };

  function run(name, value) {
    if (commands.hasOwnProperty(name)) commands[name](value);
    else log('no such command: ' + name);
  }

  w.collector = run;
  run.ready = true;
  function start() {
    var queued = (early && early.q) || [];
    var told = [].some.call(queued, function (one) { return one[0] === 'identify' || one[0] === 'check'; });
    [].forEach.call(queued, function (one) { run(one[0], one[1]); });
    if (!told) check();
  }
  function idle() { (w.requestIdleCallback || setTimeout)(start); }
  if (d.readyState === 'complete') idle(); else w.addEventListener('load', idle);
})(window, document);

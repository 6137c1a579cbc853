/* The widget without its tag: `start(options)` gives the function that takes commands.
 *
 * Used by tag.js (the script tag) and by ../collector.mjs (the ES module). When to look for a question
 * and what a command does are decided here; card.js shows it, outbox.js gets answers and events through.
 */
import { ask, taken } from './card.js';
import { call, log, outbox } from './outbox.js';

export function start(options) {
  const site = { ...options };
  const answers = outbox(site, 'answer');
  const views = outbox(site, 'shown');
  const events = outbox(site, 'track');
  let close, timer, turn = 0, looked = 0, { href } = location;

  function shut() {
    turn++; // also what a look that is under way would bring
    close?.();
    close = null;
  }

  async function check() {
    clearTimeout(timer);
    const none = (why) => log(site, 'nothing shown: ' + why);
    if (!site.key) return none('no key');
    if (!site.identity) return none('no identity');
    if (taken()) return none('one is open');
    shut(); // a single-page app may have thrown it away with the rest of the page
    const mine = turn;
    looked = Date.now();
    try {
      const found = await call(site, 'next', {});
      if (found.get) none([found.get('Collector-Reason'), found.get('Collector-Detail')].join(' '));
      else if (mine === turn && !taken()) close = ask(site, found, answers, views);
    } catch (error) {
      none(error.message);
    }
  }

  function later(seconds) {
    clearTimeout(timer);
    timer = setTimeout(check, seconds * 1e3);
  }

  const all = [answers, views, events];
  const commands = {
    identify(jwt) {
      const same = jwt === site.identity && close;
      site.identity = jwt;
      all.forEach((one) => one.retry());
      if (same) return;
      shut();
      check();
    },
    track(type, context) {
      events.add({ type, occurred_at: new Date(), context: context || {} }, (kept) => {
        log(site, `event ${type}: ${kept.status}`);
        if (kept.ask) later(2);
      });
    },
    check,
    close: shut,
    reset() {
      site.identity = '';
      all.forEach((one) => one.clear());
      clearTimeout(timer);
      shut();
    },
    debug(on) {
      site.debug = on !== false;
    },
  };

  // Within a single-page app: look again, but not at every step. Looked at from outside, because a
  // page may change its address in any of five ways, and put its own in the place of each.
  setInterval(() => {
    if (href !== (href = location.href)) later(Math.max(.5, (site.pause || 1) - (Date.now() - looked) / 1e3));
  }, 500);

  return function collector(name, ...values) {
    commands[name]?.(...values);
  };
}

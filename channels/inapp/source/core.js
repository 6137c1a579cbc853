/* The widget without its tag: `start(options)` gives the function that takes commands.
 *
 * Used by tag.js (the script tag) and by ../collector.mjs (the ES module). When to look for a question
 * and what a command does are decided here; card.js shows it, outbox.js gets answers and events through.
 */
import { ask } from './card.js';
import { call, log, outbox } from './outbox.js';

export function start(options) {
  const site = { pause: 30, ...options };
  const answers = outbox(site, 'answer');
  const events = outbox(site, 'track');
  let card, timer, turn = 0, looked = -Infinity;

  function close() {
    if (card) card.close();
    card = null;
  }

  async function check() {
    clearTimeout(timer);
    if (!site.key) return log(site, 'nothing shown: there is no key (data-key)');
    if (!site.identity) return log(site, 'nothing shown: no identity yet; collector("identify", jwt)');
    if (card && card.open()) return log(site, 'nothing new shown: a question is open');
    close(); // a single-page app may have thrown it away with the rest of the page
    const mine = ++turn;
    looked = Date.now();
    try {
      const reply = await call(site, 'next', {});
      if (reply.status === 204) {
        const about = ['Reason', 'Detail'].map((name) => reply.headers.get('Collector-' + name) || '');
        return log(site, 'nothing shown: ' + about.join(' '));
      }
      const question = await reply.json();
      if (mine === turn) card = ask(site, question, answers);
    } catch (error) {
      log(site, 'nothing shown: ' + error.message);
    }
  }

  function later(seconds) {
    clearTimeout(timer);
    timer = setTimeout(check, seconds * 1000);
  }

  function moved() { // within a single-page app: look again, but not at every step
    later(Math.max(.5, site.pause - (Date.now() - looked) / 1000));
  }

  const commands = {
    identify(jwt) {
      const same = jwt === site.identity && card;
      site.identity = jwt;
      answers.retry();
      events.retry();
      if (same) return;
      close();
      check();
    },
    track(type, context) {
      const body = { type, occurred_at: new Date(), context: context || {} };
      events.add('id', body).then(async (reply) => {
        const kept = await reply.json();
        log(site, 'event ' + type + ': ' + kept.status);
        if (kept.ask) later(2);
      }, (error) => log(site, 'event ' + type + ' refused: ' + error.message));
    },
    check,
    close,
    reset() {
      site.identity = '';
      turn++;
      answers.clear();
      events.clear();
      clearTimeout(timer);
      close();
    },
    debug(on) {
      site.debug = on !== false;
    },
  };

  // The Navigation API sees every way to change the address; without it, going back and forth only.
  if (window.navigation) navigation.addEventListener('currententrychange', moved);
  else addEventListener('popstate', moved);

  return function collector(name, ...values) {
    if (Object.hasOwn(commands, name)) commands[name](...values);
    else log(site, 'no such command: ' + name);
  };
}

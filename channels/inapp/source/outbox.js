/* Gets what must not be lost to the service: in order, once, again when the network is back.
 *
 * Waiting things live in memory; with `data-storage` in sessionStorage too, so that they outlive a
 * reload of the tab. Each belongs to the person for whom it was made and is dropped for any other.
 * What the service refuses leaves the queue, so that it never stands before the next.
 */
import { json, parse, stringify } from './json.js';

const { fetch } = window; // as it is now: a page may put another in its place later

export function log(site, text) {
  if (site.debug) console.info('[collector] ' + text);
}

const MOST = 12e3; // bytes of a thing; with key and identity a call may have 16 kB

/* POST; gives the JSON of the reply, or its headers where there is none; throws `status` (0: no
 * reply of the service's), `message` and `after` (seconds). */
export async function call(site, path, body) {
  const { key, identity, debug } = site;
  let reply, told;
  try {
    // A string body is text/plain: a simple request, so no page pays for a preflight.
    reply = await fetch(site.api + path, {
      method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer', keepalive: true,
      body: json({ ...body, key, identity, debug, sent_at: new Date() }), signal: AbortSignal.timeout?.(2e4),
    });
    if (reply.status === 204) return reply.headers;
    told = await reply.json();
  } catch { /* no reply, or a network's own page instead of it */ }
  if (!reply || reply.ok && !told) throw { message: 'no reply: offline, or blocked (connect-src?)' };
  if (reply.ok) return told;
  const { status } = reply, { code, detail, pointer } = told || {};
  throw { status, message: [status, code, detail, pointer].join(' '), after: reply.headers.get('Retry-After') };
}

export function outbox(site, path) {
  const shelf = 'collector.' + path;
  let waiting = [], busy, timer, tries = 0;
  // Anybody may have written there: whatever is no entry of ours is left out.
  if (site.storage) try { waiting = parse(sessionStorage[shelf]).filter((one) => one?.body).slice(-99).map(({ body, who }) => ({ body, who })); } catch { /* nothing of ours */ }

  function keep() {
    if (site.storage) try { sessionStorage[shelf] = stringify(waiting); } catch { /* forbidden or full */ }
  }

  function refuse(one, error) {
    console.error('[collector] refused:', path, one.body.type, error.message);
    one.refused?.();
  }

  async function send() {
    clearTimeout(timer);
    const one = waiting[0], now = whose(site.identity);
    if (busy || !one || !now) return;
    one.who ||= now; // from before the page knew who looks at it
    if (one.who !== now) return next();
    busy = true;
    const late = () => one.late?.(), slow = setTimeout(late, 4e3);
    let told, no;
    try {
      told = await call(site, path, one.body);
    } catch (error) {
      no = error;
    }
    clearTimeout(slow);
    busy = false;
    if (no) {
      const { status } = no;
      // Not after 500 for ever: it may be about this very thing, for which all others would wait.
      if (!status || status === 401 || status === 429 || status > 500 || status === 500 && tries < 3) {
        log(site, 'kept for later: ' + no.message);
        late();
        // An identity that ran out is mended by the next `identify`, not by waiting.
        if (status !== 401) timer = setTimeout(send, 1e3 * (no.after || ++tries));
        return;
      }
    }
    tries = 0;
    if (waiting[0] === one) next();
    if (no) refuse(one, no);
    else one.done?.(told);
  }

  function next() {
    waiting.shift();
    keep();
    send();
  }

  addEventListener('online', send);
  setTimeout(send);

  return {
    /* `done` gets the reply, `late` is called when it has to wait, `refused` when it is in vain. */
    add(body, done, refused, late) {
      const one = { body, who: whose(site.identity), done, refused, late };
      try {
        body.id = crypto.getRandomValues(new BigUint64Array(2)).join('');
        const text = json(body), { size } = new Blob([text]);
        if (size > MOST) throw Error(`"context" is too large: ${size} bytes, at most ${MOST}`);
        one.body = parse(text); // as it is now, whatever the page does with it later
      } catch (error) {
        return refuse(one, error);
      }
      waiting = [...waiting.slice(-99), one];
      keep();
      send();
    },
    retry: send,
    clear() {
      waiting = [];
      keep();
    },
  };
}

/* The person that an identity names. Only compared here; the service checks the signature. */
function whose(jwt) {
  try {
    return parse(atob(jwt.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).sub;
  } catch {
    return '';
  }
}

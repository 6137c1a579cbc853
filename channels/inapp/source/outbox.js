/* Gets what must not be lost to the service: in order, once, again when the network is back.
 *
 * Waiting things live in memory; with `data-storage` in sessionStorage too, so that they outlive a
 * reload of the tab. Each belongs to the person for whom it was made and is dropped for any other.
 */
export function log(site, text) {
  if (site.debug) console.info('[collector] ' + text);
}

/* POST; gives the reply, or throws an Error with `status` (0: no reply) and `after` (seconds). */
export async function call(site, path, body) {
  // A string body is text/plain: a simple request, so no page pays for a preflight.
  const reply = await fetch(site.api + path, {
    method: 'POST', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', keepalive: true,
    body: JSON.stringify({
      ...body, key: site.key, identity: site.identity, debug: site.debug, sent_at: new Date(),
    }),
  }).catch(() => {
    throw Object.assign(Error('no reply: offline, or forbidden by connect-src of the page, or this ' +
      'origin is not on the list of this site'), { status: 0 });
  });
  if (reply.ok) return reply;
  const { code, detail } = await reply.json().catch(() => ({}));
  throw Object.assign(Error([reply.status, code, detail].join(' ')), {
    status: reply.status, after: +reply.headers.get('Retry-After'),
  });
}

export function outbox(site, path) {
  const shelf = 'collector.' + path;
  let waiting = [], busy, timer, tries = 0;
  if (site.storage) try { waiting = JSON.parse(sessionStorage[shelf]); } catch { /* nothing there */ }

  function keep() {
    if (site.storage) try { sessionStorage[shelf] = JSON.stringify(waiting); } catch { /* forbidden or full */ }
  }

  async function send() {
    clearTimeout(timer);
    const one = waiting[0], now = whose(site.identity);
    if (busy || !one || !now) return;
    one.who ||= now; // from before the page knew who looks at it
    if (one.who !== now) return next();
    busy = true;
    let settle;
    try {
      const reply = await call(site, path, one.body);
      settle = () => one.done && one.done(reply);
    } catch (error) {
      const { status } = error;
      if (!status || status === 401 || status === 429 || status > 499) {
        busy = false;
        log(site, 'kept for later: ' + error.message);
        if (one.late) one.late();
        // An identity that ran out is mended by the next `identify`, not by waiting.
        if (status !== 401) timer = setTimeout(send, 1000 * Math.max(error.after || 0, 2 ** Math.min(++tries, 8)));
        return;
      }
      settle = () => one.refused && one.refused(error);
    }
    busy = false;
    tries = 0;
    if (waiting[0] === one) next();
    settle();
  }

  function next() {
    waiting.shift();
    keep();
    send();
  }

  addEventListener('online', send);
  setTimeout(send);

  return {
    /* Resolves with the reply, rejects once refused; `late` is called when it has to wait. */
    add(idName, body, late) {
      body[idName] = [...crypto.getRandomValues(new Uint8Array(9))]
        .map((byte) => (byte + 256).toString(16).slice(1)).join('');
      return new Promise((done, refused) => {
        waiting = [...waiting.slice(-99), { body, who: whose(site.identity), done, refused, late }];
        keep();
        send();
      });
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
    return JSON.parse(atob(jwt.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).sub;
  } catch {
    return '';
  }
}

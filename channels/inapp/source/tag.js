/* The script tag: reads its attributes, takes over the queue that the page filled before, begins.
 *
 *   <script async src="https://ask.example.com/w/v1/widget.js" data-key="pk_…" data-identity="JWT"></script>
 *
 * `collector` may be called before this file is here; see docs/widget.md for that one line. Elements
 * with a name or an id of ours stand where a function or the script would: neither is trusted unseen.
 */
import { start } from './core.js';
import { own } from './json.js';

const tag = own('currentScript') || own('querySelector')('script[data-key]');
const before = window.collector;
const early = before instanceof Function ? before : {};

if (tag && !early.ready) {
  const { key, identity, theme, pause, debug, storage } = tag.dataset;
  const run = window.collector = start({
    api: new URL('.', tag.src).href, key, identity, theme, pause,
    debug: debug != null, storage: storage != null,
  });
  run.ready = true;
  const begin = () => {
    const queued = early.q?.slice?.() || [];
    queued.forEach((one) => run(...one));
    if (!queued.some((one) => /identify|check/.test(one[0]))) run('check');
  };
  if (own('readyState') === 'complete') begin();
  else addEventListener('load', begin);
}

/* The script tag: reads its attributes, takes over the queue that the page filled before, begins.
 *
 *   <script async src="https://ask.example.com/w/v1/widget.js" data-key="pk_…" data-identity="JWT"></script>
 *
 * `collector` may be called before this file is here; see docs/widget.md for that one line.
 */
import { start } from './core.js';

const tag = document.currentScript || document.querySelector('script[data-key][src*="/w/v1/widget"]');
const early = window.collector;

if (tag && !(early && early.ready)) {
  const { key, identity, theme, pause = 30, debug, storage } = tag.dataset;
  const run = window.collector = start({
    api: new URL('.', tag.src).href, nonce: tag.nonce, key, identity, theme, pause,
    debug: debug != null, storage: storage != null,
  });
  run.ready = true;
  const begin = () => {
    const queued = [...(early && early.q || [])];
    queued.forEach((one) => run(...one));
    if (!queued.some((one) => /identify|check/.test(one[0]))) run('check');
  };
  const idle = () => (window.requestIdleCallback || setTimeout)(begin);
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle);
}

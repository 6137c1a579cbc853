/* The widget as an ES module, for those who bundle: the same code as the script tag's, no copy.
 *
 *   import { start } from 'https://ask.example.com/w/v1/collector.mjs'   // or from the package
 *   const collector = start({ api: 'https://ask.example.com/w/v1/', key: 'pk_…', identity: jwt });
 *   collector('check'); collector('track', 'order.viewed', { amount: 12 });
 *
 * Types: collector.d.ts. Unlike the tag it asks nothing by itself before the first command.
 */
export { start } from './source/core.js';

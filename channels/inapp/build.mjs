/* Makes released/ from source/: the minified script of the service's present version, and its brotli.
 *
 *   npm ci --prefix channels/inapp && npm run build --prefix channels/inapp
 *
 * Files of earlier versions are left alone: a page that pinned one keeps it (docs/widget.md). What was
 * built from which source is written down, so that a test notices a source that was not built.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const here = new URL('.', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(here + 'package.json', 'utf8'));
const out = process.argv[2] || here + 'released/';
mkdirSync(out, { recursive: true });

// What esbuild leaves as it was written: blanks in custom properties, commas and slashes between numbers.
const tight = (css) => css.replace(/(--[\w-]+:) | ?([,/]) (?=[-\w(#])/g, '$1$2').replaceAll(' }', '}');

const small = {
  name: 'style',
  setup({ onLoad }) {
    onLoad({ filter: /style\.js$/ }, async ({ path }) => {
      const { css } = await import(path);
      const { code } = await transform(css, { loader: 'css', minify: true, target: 'es2020', charset: 'utf8' });
      return { contents: 'export const css = ' + JSON.stringify(tight(code.trim())) };
    });
  },
};

for (const [entry, format, name] of [
  ['source/tag.js', 'iife', `widget-${version}.js`],
  ['collector.mjs', 'esm', `collector-${version}.mjs`],
]) {
  const made = await build({
    entryPoints: [here + entry], bundle: true, format, target: 'es2022', minify: true,
    write: false, plugins: [small], charset: 'utf8', legalComments: 'none',
  });
  const { code } = await minify(made.outputFiles[0].text, {
    module: format === 'esm', ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, format: { ascii_only: false },
  });
  const bytes = Buffer.from(code);
  writeFileSync(out + name, bytes);
  const packed = brotliCompressSync(bytes, {
    params: { // the smallest of some hundred that were tried
      [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 16, [constants.BROTLI_PARAM_NPOSTFIX]: 1,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  writeFileSync(out + name + '.br', packed);
  console.log(`${name}: ${bytes.length} bytes, ${packed.length} packed`);
}

const source = createHash('sha256');
for (const name of readdirSync(here + 'source').sort()) source.update(readFileSync(here + 'source/' + name));
source.update(readFileSync(here + 'collector.mjs'));
writeFileSync(out + 'source.json', JSON.stringify({ version, source: source.digest('hex') }) + '\n');

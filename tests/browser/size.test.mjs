// What a visitor has to fetch before the page works.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

import { DIST } from "./support/site.mjs";

const MOST = 350_000;

test("everything together is at most 350 kB, brotli", () => {
  // What is loaded after the page has started does not count: it works without, and nobody waits for the screens, for the worker
  // that is made for speed, for what saving takes, or for whose addresses are.
  const late = /^(screens|worker-fast|export|single|dmarcscope|networks)/;
  const names = readdirSync(DIST).filter((name) => /\.(html|css|js|wasm|svg)$/.test(name) && !late.test(name));
  const sizes = names.map((name) => {
    const bytes = readFileSync(join(DIST, name));
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
    return [name, brotliCompressSync(bytes, options).length];
  });
  for (const pattern of [/^index\.html$/, /^page-.*_bg\.wasm$/, /^page-.*\.js$/, /^worker_bg\.wasm$/, /^worker\.js$/, /\.css$/]) {
    assert.ok(names.some((name) => pattern.test(name)), `${pattern} among ${names}`);
  }
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(total <= MOST, `${total} bytes: ${sizes.map(([name, size]) => `${name} ${size}`).join(", ")}`);
});

// Whether everybody can use what is on the screen: no fault by WCAG 2.1 AA.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, a line each; `rules` for some only, `within` a part of the page. */
export async function faults(page, { rules, within } = {}) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const only = rules ? { type: 'rule', values: rules } : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  const { violations } = await page.evaluate(
    ([runOnly, part]) => axe.run(part ?? document, { runOnly, resultTypes: ['violations'] }),
    [only, within],
  );
  return violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

export async function faultless(page, where) {
  assert.deepEqual(await faults(page), [], where);
}

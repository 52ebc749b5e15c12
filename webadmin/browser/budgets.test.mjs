// The page's budgets, with the ten thousand machines that the engine already has.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { after, before, test } from 'node:test';
import { faultless } from './audit.mjs';
import { ALLOWED, measure } from './budgets.mjs';

let figures;

before(async () => {
  figures = await measure((page) => faultless(page, 'the list of many machines'));
});

after(() => process.env.FIGURES && figures && writeFileSync(process.env.FIGURES, JSON.stringify(figures)));

test('there are many machines', () => assert.ok(figures.total >= 10_000, String(figures.total)));

test('the first load is small', () => kept('initialBytes'));

// where other programs take the processors, a clock says nothing of the page
const busy = loadavg()[0] > 2 * availableParallelism() && 'the machine is busy';

test('the first list is there at once', { skip: busy }, () => kept('firstListMillis'));

test('no task is long while all rows scroll by', () => {
  kept('worstTask');
  assert.ok(figures.frames > 50, JSON.stringify(figures));
});

function kept(figure) {
  assert.ok(figures[figure] > 0 && figures[figure] <= ALLOWED[figure], `${figure}, at most ${ALLOWED[figure]}: ${JSON.stringify(figures)}`);
}

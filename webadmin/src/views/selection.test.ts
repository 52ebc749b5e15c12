import { afterEach, expect, test, vi } from 'vitest';
import { logIn, session } from '../engine/session';
import { selection } from './selection';

const rows = Array.from({ length: 6 }, (_, index) => ({ id: String(index) }));
const chosen = () => selection.get('x').map((row) => row.id);

afterEach(() => vi.unstubAllGlobals());

test('a click chooses one, with Ctrl one more or less', () => {
  const click = (index: number, add = false) => selection.choose('x', rows[index]!, add);
  click(1);
  click(3);
  expect(chosen()).toEqual(['3']);
  click(5, true);
  expect(chosen()).toEqual(['3', '5']);
  click(3, true);
  expect(chosen()).toEqual(['5']);
});

test('a range begins at the row that was chosen last, wherever that is now', () => {
  selection.choose('x', rows[1]!, false);
  expect(selection.range('x', rows[3]!, rows)).toBe(true);
  expect(chosen()).toEqual(['1', '2', '3']);
  expect(selection.range('x', rows[3]!, [{ id: 'new' }, ...rows])).toBe(true);
  expect(chosen()).toEqual(['1', '2', '3']);
  expect(selection.range('x', rows[0]!, rows)).toBe(true);
  expect(chosen()).toEqual(['0', '1']);
  expect(selection.range('x', rows[5]!, rows.slice(3))).toBe(false);
});

test('the chosen show what the engine said last, and go when they are not there any more', () => {
  selection.set('x', [{ id: '1', status: 'down' }, { id: '2', status: 'down' }]);
  selection.refresh('x', [{ id: '1', status: 'up' }, { id: '3', status: 'up' }], false);
  expect(selection.get('x')).toEqual([{ id: '1', status: 'up' }, { id: '2', status: 'down' }]);
  selection.refresh('x', [{ id: '2', status: 'up' }], true);
  expect(selection.get('x')).toEqual([{ id: '2', status: 'up' }]);
});

test('a choice ends with the search that it was made in', () => {
  selection.begin('x', 'name=a*');
  selection.set('x', rows);
  selection.scroll('x', 500);
  selection.begin('x', 'name=a*');
  expect([chosen().length, selection.scrolled('x')]).toEqual([6, 500]);
  selection.begin('x', '');
  expect([chosen().length, selection.scrolled('x')]).toEqual([0, 0]);
});

test('a choice ends with the session', async () => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ token: 't', user: { id: '1' } })));
  await logIn('a', 'b');
  selection.set('x', rows);
  session.lost();
  selection.scroll('x', 500);
  expect([chosen().length, selection.scrolled('x')]).toEqual([0, 0]);
});

import { expect, test } from 'vitest';
import { selection } from './selection';

const rows = Array.from({ length: 6 }, (_, index) => ({ id: String(index) }));
const at = (index: number) => rows[index];
const chosen = () => selection.get('x').map((row) => row.id);

test('a click chooses one, with Ctrl one more or less, with Shift all in between', () => {
  const click = (index: number, add = false, range: typeof at | null = null) => selection.choose('x', index, rows[index]!, { add, range });
  click(1);
  click(3);
  expect(chosen()).toEqual(['3']);
  click(5, true);
  expect(chosen()).toEqual(['3', '5']);
  click(3, true);
  expect(chosen()).toEqual(['5']);
  click(1);
  click(4, false, at);
  expect(chosen()).toEqual(['1', '2', '3', '4']);
});

test('the chosen show what the engine said last', () => {
  selection.set('y', [{ id: '1', status: 'down' }]);
  selection.refresh('y', [{ id: '1', status: 'up' }, { id: '2', status: 'up' }]);
  expect(selection.get('y')).toEqual([{ id: '1', status: 'up' }]);
});

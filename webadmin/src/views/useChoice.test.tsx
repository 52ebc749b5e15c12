import { cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Json } from '../engine/api';
import type { EntityType } from '../entities/entity';
import { selection } from './selection';
import { useChoice } from './useChoice';
import type { Window } from './useRows';

const type = { token: 'vms', collection: 'vms' } as EntityType;
const request = { collection: 'vms', search: '', sort: null, fields: ['id', 'status'] };
const NO_KEYS = { ctrlKey: false, metaKey: false, shiftKey: false };

/** A list of which only some are loaded. */
function windowOf(rows: Json[], total: number, version: number): Window {
  return { rows, total, version, at: (index) => rows[index], indexOf: () => -1, error: null, pending: false };
}

function has(rows: Json[]) {
  const asked = vi.fn(async () => new Response(JSON.stringify({ total: rows.length, rows })));
  vi.stubGlobal('fetch', asked);
  return asked;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('rows that are chosen and not loaded are asked for again when the list changes', async () => {
  const loaded = [{ id: '1', status: 'up' }];
  selection.set('vms', [{ id: '1', status: 'up' }, { id: '7', status: 'up' }, { id: '8', status: 'up' }]);
  const asked = has([...loaded, { id: '7', status: 'down' }]);
  const { result } = renderHook(({ version }) => useChoice(type, request, '', windowOf(loaded, 2, version)), { initialProps: { version: 1 } });
  await waitFor(() => expect(result.current.chosen).toEqual([{ id: '1', status: 'up' }, { id: '7', status: 'down' }]));
  expect(asked).toHaveBeenCalledTimes(1);
});

test('a range asks for what is not loaded; a list that is loaded answers itself', async () => {
  const all = ['1', '2', '3', '4'].map((id) => ({ id }));
  selection.set('vms', []);
  const asked = has(all);
  const { result, rerender } = renderHook(({ found }) => useChoice(type, request, '', found), { initialProps: { found: windowOf(all.slice(0, 2), 4, 1) } });
  result.current.choose(all[1]!, NO_KEYS, false);
  rerender({ found: windowOf(all.slice(2), 4, 1) });
  result.current.choose(all[3]!, { ...NO_KEYS, shiftKey: true }, false);
  await waitFor(() => expect(result.current.chosen.map((row) => row.id)).toEqual(['2', '3', '4']));
  asked.mockClear();
  rerender({ found: windowOf(all, 4, 1) });
  result.current.chooseAll();
  await waitFor(() => expect(result.current.ids.size).toBe(4));
  expect(asked).not.toHaveBeenCalled();
});

import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import type { Action, EntityType } from '../entities/entity';
import { noticeBoard } from './notices';
import { run, runOrRefuse } from './run';

const type: EntityType = {
  name: 'VirtualMachine',
  token: 'vms',
  collection: 'vms',
  element: 'vm',
  plural: 'Virtual Machines',
  singular: 'Virtual Machine',
  searchPrefix: 'Vms',
  menu: 'compute',
  columns: [],
  actions: [],
  tabs: [],
};
const t = ((key: string) => key) as never;
const asked: { method: string; url: string }[] = [];

function engine(answers: Record<string, [number, object]>): void {
  vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
    asked.push({ method: options.method!, url });
    const [status, body] = answers[`${options.method} ${url}`] ?? [200, {}];
    return new Response(JSON.stringify(body), { status });
  });
}

afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

test('each of the chosen has its own outcome', async () => {
  engine({ 'POST /ovirt-engine/api/vms/2/start': [409, { fault: { reason: 'Operation Failed', detail: '[Cannot run VM. VM is running.]' } }] });
  const start: Action = { id: 'start', label: 'Run', request: 'start' };
  const outcomes = await run(new QueryClient(), t, type, start, [{ id: '1', name: 'a' }, { id: '2', name: 'b' }]);
  expect(outcomes.map((one) => [one.name, one.error])).toEqual([
    ['a', null],
    ['b', 'Cannot run VM. VM is running.'],
  ]);
  expect(outcomes[1]!.correlationId).toMatch(/^webadmin-/);
});

test('a dialog has what was refused to all, and the toast what was refused to some', async () => {
  const refused: [number, object] = [409, { fault: { reason: 'Operation Failed', detail: '[No.]' } }];
  engine({ 'POST /ovirt-engine/api/vms/2/clone': refused, 'POST /ovirt-engine/api/vms/3/clone': refused });
  const clone: Action = { id: 'clone', label: 'Clone', request: 'clone' };
  const told = () => noticeBoard.get().length;
  const before = told();
  const refuse = (...ids: string[]) => runOrRefuse(new QueryClient(), t, type, clone, ids.map((id) => ({ id, name: id })), {});
  await expect(refuse('2')).rejects.toMatchObject({ name: 'Fault', message: 'No.', correlationId: expect.stringMatching(/^webadmin-/) });
  await expect(refuse('2', '3')).rejects.toThrow(/2: No\. \(.*webadmin-.*\n3: No\./);
  expect(told()).toBe(before);
  await refuse('1', '2');
  expect(told()).toBe(before + 1);
});

test('what can be taken back is taken back from the toast', async () => {
  engine({ 'DELETE /ovirt-engine/api/vms/1/tags/7': [200, {}] });
  const tag: Action = { id: 'tag', label: 'Tag', request: 'tags', undo: (vm) => ({ method: 'DELETE', path: `/vms/${vm.id}/tags/7` }) };
  await run(new QueryClient(), t, type, tag, [{ id: '1', name: 'a' }]);
  noticeBoard.get().at(-1)!.undo!();
  await vi.waitFor(() => expect(asked.at(-1)).toEqual({ method: 'DELETE', url: '/ovirt-engine/api/vms/1/tags/7' }));
});

import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { followChanges, keys } from './live';

afterEach(() => vi.unstubAllGlobals());

test('what a change concerns is asked for again, and nothing else', async () => {
  vi.stubGlobal('fetch', async () => new Response('event: change\ndata: {"collections":{"disks":["1"]}}\n\n'));
  const client = new QueryClient();
  const queries: Record<string, { queryKey: QueryKey; meta?: Record<string, unknown> }> = {
    list: { queryKey: keys.rows('disks') },
    one: { queryKey: keys.entity('disks', '1') },
    tabThatShowsDisks: { queryKey: [...keys.entity('vms', '7'), 'disks'], meta: { shows: ['diskattachments', 'disks'] } },
    another: { queryKey: keys.entity('disks', '2') },
  };
  for (const query of Object.values(queries)) await client.fetchQuery({ ...query, queryFn: () => 1 });
  const stop = followChanges(client);
  const asked = () => Object.entries(queries).filter(([, { queryKey }]) => client.getQueryState(queryKey)!.isInvalidated).map(([name]) => name);
  await vi.waitFor(() => expect(asked()).toEqual(['list', 'one', 'tabThatShowsDisks']));
  stop();
});

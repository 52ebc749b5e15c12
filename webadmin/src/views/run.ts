import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { call, correlation, type Json } from '../engine/api';
import { keys } from '../engine/live';
import { session } from '../engine/session';
import type { Rows } from '../engine/rows';
import type { Action, EntityType, Request } from '../entities/entity';
import { refresh } from './form/requests';
import { nameOf, pathOf } from './names';
import { outcome, tell, type Outcome } from './notices';

const AT_ONCE = 6;

/** Does an action with each of the chosen, tells what came of each, and offers to take it back. */
export async function run(
  client: QueryClient,
  t: TFunction,
  type: EntityType,
  action: Action,
  chosen: readonly Json[],
  answers: Json = {},
): Promise<Outcome[]> {
  const whose = session.get();
  const { outcomes, undone } = await doing(client, type, action, chosen, answers);
  if (session.get() === whose) report(client, t, type, action, outcomes, undone);
  return outcomes;
}

/**
 * As {@link run}, for a dialog: what was typed stays when all were refused.
 *
 * @throws Fault of the only one, or an error that names each
 */
export async function runOrRefuse(client: QueryClient, t: TFunction, type: EntityType, action: Action, chosen: readonly Json[], answers: Json): Promise<void> {
  const { outcomes, undone } = await doing(client, type, action, chosen, answers);
  if (outcomes.some((one) => one.error === null)) report(client, t, type, action, outcomes, undone);
  else if (outcomes.length === 1) throw outcomes[0]!.failure;
  else throw new Error(outcomes.map((one) => `${one.name}: ${one.error}${one.correlationId ? ` (${t('Correlation id')}: ${one.correlationId})` : ''}`).join('\n'));
}

async function doing(client: QueryClient, type: EntityType, action: Action, chosen: readonly Json[], answers: Json): Promise<{ outcomes: Outcome[]; undone: Request[] }> {
  const undone: Request[] = [];
  if (action.guess) for (const entity of chosen) patch(client, type, entity.id, action.guess(entity));
  const outcomes = await inParallel(chosen, async (entity) => {
    try {
      const request = requestOf(type, action, entity, answers);
      const answer = await call(request.path, { ...request, correlationId: correlation() });
      const back = action.undo?.(entity, answer);
      if (back) undone.push(back);
      return outcome(nameOf(entity, type), null);
    } catch (failure) {
      return outcome(nameOf(entity, type), failure);
    }
  });
  await refresh(client, type, ...chosen.map((one) => one.id as string));
  return { outcomes, undone };
}

export function requestOf(type: EntityType, action: Action, entity: Json, answers: Json): Request {
  const made = action.request;
  if (typeof made === 'function') return made(entity, answers);
  const path = pathOf(type, entity);
  return made ? { method: 'POST', path: `${path}/${made}`, body: answers } : { method: 'DELETE', path };
}

function report(
  client: QueryClient,
  t: TFunction,
  type: EntityType,
  action: Action,
  outcomes: readonly Outcome[],
  undone: readonly Request[],
): void {
  const failed = outcomes.filter((one) => one.error !== null);
  const label = t(action.label);
  const names = outcomes.length === 1 ? outcomes[0]!.name : t('{{count}} items', { count: outcomes.length });
  const undo = undone.length === 0 ? undefined : () => void takeBack(client, t, type, label, undone);
  if (failed.length === 0) tell({ severity: 'success', title: `${label}: ${names}`, undo });
  else
    tell({
      severity: 'danger',
      title:
        outcomes.length === 1
          ? `${label}: ${names}`
          : t('{{action}}: {{failed}} of {{count}} failed', { action: label, failed: failed.length, count: outcomes.length }),
      outcomes,
      undo,
    });
}

async function takeBack(client: QueryClient, t: TFunction, type: EntityType, label: string, requests: readonly Request[]): Promise<void> {
  const outcomes = await inParallel(requests, async (request) => {
    try {
      await call(request.path, request);
      return outcome('', null);
    } catch (failure) {
      return outcome('', failure);
    }
  });
  await refresh(client, type);
  void client.invalidateQueries({ queryKey: ['entity', type.collection] });
  const failed = outcomes.filter((one) => one.error !== null);
  tell({
    severity: failed.length === 0 ? 'info' : 'danger',
    title: failed.length === 0 ? t('Undone: {{action}}', { action: label }) : t('Could not undo: {{action}}', { action: label }),
    outcomes: failed.length === 0 ? undefined : failed,
  });
}

function patch(client: QueryClient, type: EntityType, id: string, change: Json): void {
  client.setQueriesData<Rows>({ queryKey: keys.rows(type.collection) }, (window) =>
    window && window.rows.some((row) => row.id === id)
      ? { ...window, rows: window.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) }
      : window,
  );
}

async function inParallel<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}

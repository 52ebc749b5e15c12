import type { QueryClient } from '@tanstack/react-query';
import { call, correlation, type Json } from '../../engine/api';
import { keys } from '../../engine/live';
import type { EntityType, Request } from '../../entities/entity';

/** Makes requests that belong together, each after the one before; they have one correlation id. */
export async function inTurn(requests: readonly Request[], correlationId: string): Promise<void> {
  for (const request of requests) await call(request.path, { ...request, correlationId });
}

/**
 * One that is made with what belongs to it: disks, network interfaces. When a part is refused and the user tries again,
 * what is made already is not made again; what was changed of it meanwhile is changed.
 */
export class Making {
  /** what the engine answered, once it is there */
  made: Json | null = null;
  private sent = '';
  private readonly done: string[] = [];

  constructor(
    readonly creation: (body: Json) => Request,
    private readonly parts: (body: Json, answer: Json) => readonly Request[],
  ) {}

  async make(body: Json): Promise<Json> {
    const correlationId = correlation();
    const creation = this.creation(body);
    const sent = JSON.stringify(creation.body);
    if (this.made === null) this.made = await call(creation.path, { ...creation, correlationId });
    else if (sent !== this.sent) await call(`${creation.path.replace(/\?.*/, '')}/${this.made.id}`, { method: 'PUT', body: creation.body, correlationId });
    this.sent = sent;
    const before = [...this.done];
    for (const part of this.parts(body, this.made)) {
      const index = before.indexOf(part.path);
      if (index >= 0) before.splice(index, 1);
      else {
        await call(part.path, { ...part, correlationId });
        this.done.push(part.path);
      }
    }
    return this.made;
  }
}

/** Members that only `then` and `path` read begin with a dollar sign. */
export function bare(body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('$')));
}

/**
 * What has to be sent to take a change back: the members of the body as they were. A text that was absent becomes an
 * empty one; null when something else was absent, since nothing can be sent that takes it away again.
 */
export function takingBack(body: Json, before: Json): Json | null {
  const back: Json = {};
  for (const [name, value] of Object.entries(body)) {
    const was = before[name] as unknown;
    if (was !== undefined && isEmpty(value)) back[name] = was;
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const inner = takingBack(value as Json, (was ?? {}) as Json);
      if (inner === null) return null;
      back[name] = inner;
    } else if (was !== undefined) back[name] = was;
    else if (typeof value === 'string' && !NOT_A_TEXT.test(value)) back[name] = '';
    else return null;
  }
  return back;
}

/** How a reference is taken away. */
function isEmpty(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0;
}

const NOT_A_TEXT = /^(true|false|-?[0-9.]+|[0-9a-f]{8}-[0-9a-f-]{27})$/;

/** Lets what shows the kind, and the entity, ask again. */
export async function refresh(client: QueryClient, type: EntityType, ...ids: string[]): Promise<void> {
  await client.invalidateQueries({ queryKey: keys.rows(type.collection) });
  if (type.below) await client.invalidateQueries({ queryKey: keys.entity(...type.below) });
  for (const id of ids) void client.invalidateQueries({ queryKey: keys.entity(type.collection, id) });
}

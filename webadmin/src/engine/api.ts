import { session } from './session';

export const API = '/ovirt-engine/api';
export const EXTENSIONS = '/overt/api';

/** One entity as version 4 of the API writes it in JSON: all scalars are strings. */
export type Json = Record<string, any>;

/** What the engine refused, in its own words. */
export class Fault extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly detail: string,
    readonly correlationId: string | null,
  ) {
    super(detail || reason);
    this.name = 'Fault';
  }
}

export interface Options {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: Json;
  signal?: AbortSignal;
  /** ties what follows in the engine together; made up when absent */
  correlationId?: string;
}

/** A correlation id that tells where the request came from. */
export function correlation(): string {
  return `webadmin-${crypto.randomUUID().slice(0, 13)}`;
}

/** The raw door: an answer of any kind. Prefer {@link call}. */
export async function send(address: string, options: Options & { accept?: string } = {}): Promise<Response> {
  const current = session.get();
  const headers: Record<string, string> = { Accept: options.accept ?? 'application/json' };
  if (current) headers.Authorization = `Bearer ${current.token}`;
  if (current && !current.user.administrator) headers.Filter = 'true';
  if (options.body) headers['Content-Type'] = 'application/json';
  const writes = (options.method ?? 'GET') !== 'GET';
  const correlationId = options.correlationId ?? (writes ? correlation() : undefined);
  if (correlationId) headers['Correlation-Id'] = correlationId;
  const response = await fetch(address, {
    method: options.method ?? 'GET',
    headers,
    body: options.body ? JSON.stringify(options.body) : undefined,
    signal: options.signal,
    credentials: 'omit',
  });
  if (response.ok) return response;
  if (response.status === 401) session.lost();
  throw await fault(response, correlationId ?? null);
}

/**
 * Asks the engine and answers its JSON, `{}` when it says nothing.
 *
 * @param path below the API (`/vms/ID/start`), or an address from the root (`/overt/api/…`)
 * @throws Fault when the engine refuses
 */
export async function call(path: string, options: Options = {}): Promise<Json> {
  const address = path.startsWith('/overt/') || path.startsWith('/ovirt-engine/') ? path : API + path;
  const response = await send(address, options);
  const text = await response.text();
  return text ? (JSON.parse(text) as Json) : {};
}

/** The entities of a collection, whatever its element is called. */
export async function list(path: string, signal?: AbortSignal): Promise<Json[]> {
  const answer = await call(path, { signal });
  const found = Object.values(answer).find(Array.isArray);
  return (found as Json[] | undefined) ?? [];
}

async function fault(response: Response, correlationId: string | null): Promise<Fault> {
  const id = response.headers.get('Correlation-Id') ?? correlationId;
  let reason = `${response.status} ${response.statusText}`.trim();
  let detail = '';
  try {
    const answer = (await response.json()) as Json;
    const said = (answer.fault ?? answer) as Json;
    reason = said.reason ?? reason;
    detail = String(said.detail ?? '').replace(/^\[|\]$/g, '');
  } catch {
    // not a fault of the API: the status says it
  }
  return new Fault(response.status, reason, detail, id);
}

/** A member by its dotted path: `cluster.name`. */
export function at(entity: Json | undefined, path: string): any {
  if (!entity) return undefined;
  if (path in entity) return entity[path];
  return path.split('.').reduce<any>((value, key) => (value == null ? undefined : value[key]), entity);
}

/** Who is logged in. The token lives in memory only; the engine's HttpOnly cookie brings it back after a reload. */
export interface User {
  id: string;
  /** `name@domain` */
  principal: string;
  name: string;
  administrator: boolean;
}

export interface Session {
  token: string;
  user: User;
  /** session id for plugins of oVirt 3.x; null where the engine gives none */
  restSession: string | null;
}

const ADDRESS = '/ovirt-engine/webadmin/session';

let current: Session | null = null;
const listeners = new Set<() => void>();
const forgetting: (() => void)[] = [];

function become(session: Session | null): void {
  if (current) forgetting.forEach((forget) => forget());
  current = session;
  listeners.forEach((listener) => listener());
}

export const session = {
  get: (): Session | null => current,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** What is kept beside the views registers here: what one user has read is not for the next one at this browser. */
  onEnd: (forget: () => void): void => void forgetting.push(forget),
  /** Ends what the page knows, when the engine says that the token is over. */
  lost: (): void => {
    if (current) become(null);
  },
};

interface Answer {
  token: string;
  user: User;
  restSession?: string;
}

function accept(answer: Answer): Session {
  const found = { token: answer.token, user: answer.user, restSession: answer.restSession ?? null };
  become(found);
  return found;
}

/** Takes up the session of this browser, or answers null when there is none. */
export async function resume(): Promise<Session | null> {
  const response = await fetch(ADDRESS, { headers: { Accept: 'application/json' } });
  return response.ok ? accept((await response.json()) as Answer) : null;
}

/**
 * Logs in.
 *
 * @throws Error with the engine's words when it refuses
 */
export async function logIn(username: string, password: string): Promise<Session> {
  const response = await fetch(ADDRESS, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const text = await response.text();
  let answer: Partial<Answer> & { reason?: string; detail?: string } = {};
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    // an answer of something between here and the engine
  }
  if (!response.ok || !answer.token) {
    throw new Error(answer.detail ?? answer.reason ?? `${response.status} ${response.statusText}`);
  }
  return accept(answer as Answer);
}

/** Logs out, here and in the engine. */
export async function logOut(): Promise<void> {
  await fetch(ADDRESS, { method: 'DELETE' });
  become(null);
}

import { Fault } from '../engine/api';
import { session } from '../engine/session';

export type Severity = 'success' | 'info' | 'warning' | 'danger';

/** What came of an action on one entity. */
export interface Outcome {
  name: string;
  error: string | null;
  correlationId: string | null;
  /** what was thrown */
  failure?: unknown;
}

/** A word to the user: a toast that goes away by itself, or an alert of the page that stays. */
export interface Notice {
  key: number;
  severity: Severity;
  title: string;
  detail?: string;
  outcomes?: readonly Outcome[];
  /** page-wide, above everything, until it is closed */
  alert?: boolean;
  /** milliseconds; absent: stays */
  lasts?: number;
  undo?: () => void;
}

let notices: readonly Notice[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(changed: readonly Notice[]): void {
  notices = changed;
  listeners.forEach((listener) => listener());
}

session.onEnd(() => set([]));

export const noticeBoard = {
  get: (): readonly Notice[] => notices,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

const QUIET_MILLIS = 6000;

export function tell(notice: Omit<Notice, 'key'>): number {
  const key = next++;
  const lasts = notice.lasts ?? (notice.severity === 'danger' || notice.alert ? undefined : QUIET_MILLIS);
  set([...notices.slice(-19), { ...notice, key, lasts }]);
  if (lasts) setTimeout(() => dismiss(key), lasts);
  return key;
}

export function dismiss(...keys: readonly number[]): void {
  if (notices.some((notice) => keys.includes(notice.key))) set(notices.filter((notice) => !keys.includes(notice.key)));
}

/** Shows what was refused, with the id under which the engine's log has it. */
export function tellFault(title: string, failure: unknown): void {
  tell({ severity: 'danger', title, outcomes: [outcome('', failure)] });
}

export function outcome(name: string, failure: unknown): Outcome {
  return {
    name,
    error: failure == null ? null : failure instanceof Error ? failure.message : String(failure),
    correlationId: failure instanceof Fault ? failure.correlationId : null,
    failure,
  };
}

import type { Definition } from './definition';
import { isObject } from './definition';
import { Diagnosis } from './diagnosis';
import type { Dialect } from './shapes';

export type PluginState = 'DEFINED' | 'LOADING' | 'READY' | 'INITIALIZING' | 'IN_USE' | 'FAILED';

/** The connection to a plugin of another origin. */
export interface Remote {
  close(): void;
}

/** One plugin and where it is in its life; the host alone moves it on. */
export class Plugin implements Dialect {
  state: PluginState = 'DEFINED';
  iframe: HTMLIFrameElement | null = null;
  handlers: Record<string, unknown> | null = null;
  allowedOrigins: readonly string[] = [];
  usedOldNames = false;
  usedNewNames = false;
  remote: Remote | null = null;
  /** grows with every load, so that nothing left over from an earlier one happens */
  life = 0;
  /** events to be delivered once it is in use */
  readonly queued: (() => void)[] = [];
  /** what it heard last of events that tell of changes: the same again is none */
  readonly heard = new Map<string, string>();
  /** what it asked of the page between `ready()` and `UiInit` */
  readonly early: (() => void)[] = [];
  readonly timers = new Set<ReturnType<typeof setTimeout>>();
  readonly diagnosis: Diagnosis;
  /** one object for all callers: a plugin may keep things there */
  readonly config: Record<string, unknown>;

  constructor(
    readonly definition: Definition,
    changed: () => void,
  ) {
    this.diagnosis = new Diagnosis(changed);
    this.config = structuredClone(definition.config);
  }

  get name(): string {
    return this.definition.name;
  }

  get apiCompat(): '3' | '4' | null {
    return this.definition.apiCompat ?? (this.remote === null ? null : '4');
  }

  /** Before a stored function is called: what a removed iframe left behind must not run. */
  get attached(): boolean {
    return this.iframe !== null && this.iframe.isConnected;
  }

  handler(event: string): ((...args: unknown[]) => unknown) | null {
    const handler = isObject(this.handlers) ? this.handlers[event] : undefined;
    return typeof handler === 'function' ? (handler as (...args: unknown[]) => unknown) : null;
  }
}

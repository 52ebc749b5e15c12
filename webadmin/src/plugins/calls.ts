import type { Plugin } from './plugin';
import type { HangNotes } from './hangs';

export type Outcome = { value: unknown } | { error: unknown };

/** Above this a call is worth telling about: the page stood still that long. */
const SLOW_MS = 50;

/** The one way into functions of plugins: nothing they throw comes through, and what they take is measured. */
export class Calls {
  #depth = 0;

  constructor(
    private readonly notes: HangNotes,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** True while a plugin is on the stack. */
  get inside(): boolean {
    return this.#depth > 0;
  }

  run(plugin: Plugin, name: string, body: () => unknown): Outcome {
    const done = this.notes.calling(plugin.name, name);
    const began = this.now();
    let failed = false;
    this.#depth++;
    try {
      return { value: body() };
    } catch (error) {
      failed = true;
      return { error };
    } finally {
      this.#depth--;
      done();
      const took = this.now() - began;
      plugin.diagnosis.called(name, took, failed);
      if (took > SLOW_MS) plugin.diagnosis.log('warning', `${name} took ${Math.round(took)} ms; the page waits meanwhile`);
    }
  }
}

/** What was thrown, as a text; errors of other realms included. */
export function describe(error: unknown): string {
  try {
    if (typeof error === 'object' && error !== null && 'message' in error) {
      const { name, message } = error as { name?: unknown; message: unknown };
      return typeof name === 'string' ? `${name}: ${String(message)}` : String(message);
    }
    return String(error);
  } catch {
    return 'an error that cannot be described';
  }
}

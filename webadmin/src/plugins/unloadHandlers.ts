import { describe, type Calls } from './calls';
import type { Plugin } from './plugin';

/** What plugins want to be called when the user leaves their places. */
export class UnloadHandlers {
  readonly #handlers = new Map<string, { plugin: Plugin; handler: () => unknown }>();
  readonly #revealed = new Map<string, number>();

  constructor(private readonly calls: Calls) {}

  set(plugin: Plugin, token: string, handler: () => unknown): void {
    this.#handlers.set(token, { plugin, handler });
  }

  remove(plugin: string): void {
    for (const [token, { plugin: owner }] of this.#handlers) if (owner.name === plugin) this.#handlers.delete(token);
  }

  revealed(token: string): () => void {
    this.#revealed.set(token, (this.#revealed.get(token) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const count = (this.#revealed.get(token) ?? 1) - 1;
      if (count > 0) this.#revealed.set(token, count);
      else this.#revealed.delete(token);
      this.#leave(token);
    };
  }

  isRevealed(token: string): boolean {
    return this.#revealed.has(token);
  }

  /** The page itself goes away. */
  leaveAll(): void {
    const tokens = [...this.#revealed.keys()];
    this.#revealed.clear();
    tokens.forEach((token) => this.#leave(token));
  }

  #leave(token: string): void {
    const known = this.#handlers.get(token);
    if (!known?.plugin.attached) return;
    const outcome = this.calls.run(known.plugin, `unload of “${token}”`, () => known.handler());
    if ('error' in outcome) {
      known.plugin.diagnosis.log('warning', `the unload handler of “${token}” failed: ${describe(outcome.error)}`);
    }
  }
}

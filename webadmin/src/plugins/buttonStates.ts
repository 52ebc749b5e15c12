import type { Calls, Outcome } from './calls';
import { describe } from './calls';
import type { EntityObject } from './entityObjects';
import { isFunction } from './core';
import { member } from './options';
import type { Plugin } from './plugin';
import { argumentsFor } from './shapes';
import type { Button } from './surfaces';

export interface ButtonState {
  button: Button;
  enabled: boolean;
  visible: boolean;
}

/** So many errors in a row, and the button is taken away. */
const MOST_ERRORS = 5;

/** Asks plugins whether their buttons can be used, not more often than the answer can differ. */
export class ButtonStates {
  readonly #known = new Map<string, { asked: string; state: ButtonState }>();
  readonly #errors = new Map<string, number>();

  constructor(
    private readonly calls: Calls,
    private readonly plugin: (name: string) => Plugin | undefined,
  ) {}

  /** `version` names the state of the data: as long as it and the selection stay, plugins are not asked again. */
  of(button: Button, selection: readonly EntityObject[], parent: EntityObject, version: unknown): ButtonState {
    const asked = JSON.stringify([version, parent.id, selection]);
    const known = this.#known.get(button.key);
    if (known?.asked === asked) return known.state;
    const visible = this.#ask(button, 'isAccessible', selection, parent);
    const state = { button, visible, enabled: visible && this.#ask(button, 'isEnabled', selection, parent) };
    const hidden = (this.#errors.get(button.key) ?? 0) >= MOST_ERRORS;
    const remembered = hidden ? { ...state, visible: false } : state;
    this.#known.set(button.key, { asked, state: remembered });
    return remembered;
  }

  press(button: Button, selection: readonly EntityObject[], parent: EntityObject): void {
    this.#call(button, 'onClick', selection, parent);
    // whatever it did may change what the plugin says next
    this.forget((key) => key === button.key);
  }

  forget(matches: (key: string) => boolean): void {
    for (const key of this.#known.keys()) if (matches(key)) this.#known.delete(key);
  }

  #ask(button: Button, question: string, selection: readonly EntityObject[], parent: EntityObject): boolean {
    const outcome = this.#call(button, question, selection, parent);
    if (outcome === null) return true;
    if ('error' in outcome) {
      this.#errors.set(button.key, (this.#errors.get(button.key) ?? 0) + 1);
      return true;
    }
    this.#errors.delete(button.key);
    return typeof outcome.value === 'boolean' ? outcome.value : true;
  }

  #call(
    button: Button,
    name: string,
    selection: readonly EntityObject[],
    parent: EntityObject,
  ): Outcome | null {
    const plugin = this.plugin(button.plugin);
    const fn = member(button.source, name);
    if (!plugin?.attached || !isFunction(fn)) return null;
    const args = argumentsFor(fn, plugin, selection, parent);
    const outcome = this.calls.run(plugin, `${name} of “${button.label}”`, () => fn.apply(button.source, args));
    if ('error' in outcome) {
      plugin.diagnosis.log('warning', `${name} of the button “${button.label}” failed: ${describe(outcome.error)}`);
    }
    return outcome;
  }
}

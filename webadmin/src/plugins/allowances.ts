import { Allowance } from './allowance';
import type { Plugin } from './plugin';

type Kind = 'notice' | 'log' | 'navigation' | 'surface';

/** Far above what a plugin needs, far below what makes the page unusable: burst, and how many a second after it. */
const LIMITS: Readonly<Record<Kind, readonly [burst: number, perSecond: number]>> = {
  notice: [20, 2],
  log: [100, 10],
  navigation: [30, 5],
  surface: [300, 5],
};

export class Allowances {
  readonly #allowances = new WeakMap<Plugin, Map<Kind, Allowance>>();

  take(plugin: Plugin, kind: Kind): boolean {
    let own = this.#allowances.get(plugin);
    if (!own) this.#allowances.set(plugin, (own = new Map()));
    let allowance = own.get(kind);
    if (!allowance) own.set(kind, (allowance = new Allowance(...LIMITS[kind])));
    if (allowance.take()) return true;
    plugin.diagnosis.log('warning', `too many calls in too short a time (${kind}); some are ignored`);
    return false;
  }
}

import type { LogLevel } from './ports';

export interface LogEntry {
  time: Date;
  level: LogLevel;
  message: string;
  /** how many times in a row */
  count: number;
}

/** How often a function of a plugin was called, and how long that took. */
export interface CallStatistics {
  name: string;
  count: number;
  errors: number;
  totalMs: number;
  longestMs: number;
}

const KEPT_ENTRIES = 200;
const KEPT_NAMES = 200;

/** What is known of one plugin's behaviour, for the page of extensions. */
export class Diagnosis {
  #log: LogEntry[] = [];
  readonly #calls = new Map<string, CallStatistics>();

  constructor(private readonly changed: () => void) {}

  log(level: LogLevel, message: string): void {
    const last = this.#log.at(-1);
    if (last && last.message === message && last.level === level) {
      this.#log[this.#log.length - 1] = { ...last, count: last.count + 1 };
    } else {
      this.#log.push({ time: new Date(), level, message: message.slice(0, 2000), count: 1 });
      if (this.#log.length > KEPT_ENTRIES) this.#log.shift();
    }
    this.changed();
  }

  called(name: string, ms: number, failed: boolean): void {
    const known = this.#calls.get(name) ?? { name, count: 0, errors: 0, totalMs: 0, longestMs: 0 };
    if (this.#calls.size >= KEPT_NAMES && known.count === 0) return;
    this.#calls.set(name, {
      name,
      count: known.count + 1,
      errors: known.errors + (failed ? 1 : 0),
      totalMs: known.totalMs + ms,
      longestMs: Math.max(known.longestMs, ms),
    });
    this.changed();
  }

  entries(): readonly LogEntry[] {
    return this.#log.slice();
  }

  calls(): readonly CallStatistics[] {
    return [...this.#calls.values()];
  }
}

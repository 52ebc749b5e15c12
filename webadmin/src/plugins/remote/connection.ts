import type { Plugin } from '../plugin';
import type { LogLevel, Ports } from '../ports';
import { missingGrant } from './grants';
import { messageOf, withFunctions, type FromPlugin } from './messages';

export interface ConnectionParts {
  ports: Ports;
  window: Window;
  /** a function of the API, in the plugin's name */
  call(plugin: Plugin, apiFunction: string, args: readonly unknown[]): unknown;
  /** something that a plugin was asked has another answer now */
  answered(plugin: Plugin): void;
}

/** The functions of the API that are not asked of a snapshot, but are no names of the table either. */
const LOG = 'log';
const LEVELS: readonly string[] = ['info', 'warning', 'severe'];

/** Speaks with one plugin of another origin: it hears events and is called, like any other, but by messages. */
export class Connection {
  readonly #port: MessagePort;
  readonly #answers = new Map<number, unknown>();
  #told = '';

  constructor(
    private readonly plugin: Plugin,
    private readonly parts: ConnectionParts,
    port: MessagePort,
  ) {
    this.#port = port;
    port.onmessage = (event: MessageEvent) => {
      const message = messageOf(event.data);
      if (message !== null) this.#heard(message);
    };
  }

  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  /** What the plugin may know without asking. The token is among it only when the administrator says so. */
  state(): Record<string, unknown> {
    const { ports } = this.parts;
    const all: Record<string, unknown> = {
      user: ports.user(),
      locale: ports.locale(),
      place: ports.currentPlace(),
      engineBaseUrl: ports.engineBaseUrl(),
    };
    if (missingGrant('ssoToken', this.plugin.definition.grants) === null) all.token = ports.token();
    return all;
  }

  tellState(): void {
    const state = this.state();
    const text = JSON.stringify(state);
    if (text === this.#told) return;
    this.#told = text;
    this.#port.postMessage({ state });
  }

  #post(message: object): void {
    this.tellState();
    this.#port.postMessage(message);
  }

  #heard(message: FromPlugin): void {
    switch (message.kind) {
      case 'register':
        this.#register(message.events);
        break;
      case 'answer':
        if (this.#answers.get(message.invoke) === message.answer) break;
        this.#answers.set(message.invoke, message.answer);
        this.parts.answered(this.plugin);
        break;
      case 'call':
        this.#call(message.call, message.args, message.id);
        break;
    }
  }

  #register(events: readonly string[]): void {
    const handlers = Object.fromEntries(
      events.map((event) => [event, (...args: unknown[]) => this.#post({ event, args: this.#clonable(args) })]),
    );
    this.parts.call(this.plugin, 'register', [handlers]);
  }

  #call(call: string, args: readonly unknown[], id: unknown): void {
    const grant = missingGrant(call, this.plugin.definition.grants);
    if (grant !== null) {
      this.plugin.diagnosis.log('warning', `${call} needs the grant “${grant}”`);
      this.#post({ error: `${call} needs the grant “${grant}”`, id });
    } else if (call === LOG) {
      const [level, text] = args;
      this.#log(LEVELS.includes(String(level)) ? (level as LogLevel) : 'info', String(text));
    } else if (call !== 'register' && call !== 'logger') {
      const given = args.map((each) => withFunctions(each, (invoke) => this.#function(invoke)));
      const result = this.parts.call(this.plugin, call, given);
      if (id !== undefined) this.#post({ result, id });
    }
  }

  #log(level: LogLevel, text: string): void {
    const logger = this.parts.call(this.plugin, 'logger', []) as Record<LogLevel, (text: string) => void>;
    logger[level](text);
  }

  /** A function that answers what the one over there said last, and asks it again. */
  #function(invoke: number): () => unknown {
    return (...args: unknown[]) => {
      this.#post({ invoke, args: this.#clonable(args) });
      return this.#answers.get(invoke);
    };
  }

  /** Windows cannot be sent; the plugin finds them again among the frames of the page. */
  #clonable(args: readonly unknown[]): unknown[] {
    return args.map((each) => {
      const frame = [...this.#frames()].findIndex((one) => one === each);
      return frame < 0 ? each : { $frame: frame };
    });
  }

  *#frames(): Iterable<unknown> {
    const { window } = this.parts;
    for (let index = 0; index < window.length; index++) yield (window as unknown as Record<number, unknown>)[index];
  }
}

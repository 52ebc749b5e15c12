import { isObject } from '../definition';

/** What a plugin of another origin says first, to the window around it. */
export interface Hello {
  name: string;
  protocol: number;
}

export function helloOf(data: unknown): Hello | null {
  const hello = isObject(data) ? data.hello : null;
  if (!isObject(hello) || typeof hello.name !== 'string' || typeof hello.protocol !== 'number') return null;
  return { name: hello.name, protocol: hello.protocol };
}

/** What it says afterwards, over its port. */
export type FromPlugin =
  | { kind: 'call'; call: string; args: readonly unknown[]; id: unknown }
  | { kind: 'register'; events: readonly string[] }
  | { kind: 'answer'; invoke: number; answer: unknown };

export function messageOf(data: unknown): FromPlugin | null {
  if (!isObject(data)) return null;
  if (typeof data.call === 'string') {
    return { kind: 'call', call: data.call, args: Array.isArray(data.args) ? (data.args as unknown[]) : [], id: data.id };
  }
  if (Array.isArray(data.register)) {
    return { kind: 'register', events: data.register.filter((event): event is string => typeof event === 'string') };
  }
  if (typeof data.invoke === 'number') return { kind: 'answer', invoke: data.invoke, answer: data.answer };
  return null;
}

const DEEPEST = 6;

/** Puts functions in the place of what stands for them: `{"$function": 3}`. */
export function withFunctions(value: unknown, make: (id: number) => () => unknown, depth = 0): unknown {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((each) => withFunctions(each, make, depth + 1));
  if (!isObject(value)) return value;
  if (typeof value.$function === 'number') return make(value.$function);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withFunctions(each, make, depth + 1)]));
}

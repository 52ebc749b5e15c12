/**
 * Where the user is: oVirt's tokens in the fragment of the address, `#vms-general;name=web1`. Every view is a place,
 * so every view can be linked to, and links made for oVirt's page lead to the same things here.
 */
export interface Place {
  /** `vms`, `vms-snapshots`, or a plugin's token */
  token: string;
  params: Readonly<Record<string, string>>;
}

export function parse(hash: string): Place {
  const [token = '', ...parts] = hash.replace(/^#/, '').split(';');
  const params: Record<string, string> = {};
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals > 0) params[part.slice(0, equals)] = decode(part.slice(equals + 1));
  }
  return { token: decode(token), params };
}

export function format(token: string, params: Record<string, string | undefined> = {}): string {
  const parts = Object.entries(params)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `;${name}=${encodeURIComponent(value!)}`);
  return `#${encodeURIComponent(token)}${parts.join('')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

let place = parse(location.hash);
const listeners = new Set<() => void>();

addEventListener('hashchange', () => {
  place = parse(location.hash);
  listeners.forEach((listener) => listener());
});

export const places = {
  get: (): Place => place,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  go: (token: string, params: Record<string, string | undefined> = {}): void => {
    location.hash = format(token, params);
  },
  /** Goes there without a step in the browser's history. */
  replace: (token: string, params: Record<string, string | undefined> = {}): void => {
    location.replace(format(token, params));
  },
};

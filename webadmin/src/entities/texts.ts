import { at, type Json } from '../engine/api';

/** `powering_up` as people read it: `Powering up`. The result is a key of translations. */
export function humanize(value: unknown): string {
  const text = String(value ?? '').replace(/[_-]+/g, ' ').trim();
  return text === '' ? '' : text[0]!.toUpperCase() + text.slice(1).toLowerCase();
}

/** What is costly to make, made once for each locale. */
export function once<Made>(make: (locale: string | undefined) => Made): (locale: string | undefined) => Made {
  const made = new Map<string | undefined, Made>();
  return (locale) => {
    if (!made.has(locale)) made.set(locale, make(locale));
    return made.get(locale)!;
  };
}

const whole = once((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const fine = once((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `1.5 GiB`; empty for what is not a number. */
export function bytes(value: unknown, locale?: string): string {
  const number = numeric(value);
  if (number === null) return '';
  let size = Math.abs(number);
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const shown = (size >= 100 || unit === 0 ? whole : fine)(locale).format(number < 0 ? -size : size);
  return `${shown} ${UNITS[unit]}`;
}

/** The number that the API wrote, as a string or as one; null when there is none. */
export function numeric(value: unknown): number | null {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Seconds as `3 d 4 h`, `12 min`: the two largest parts that matter. */
export function duration(seconds: unknown): string {
  const total = numeric(seconds);
  if (total === null || total <= 0) return '';
  const parts: [number, string][] = [
    [Math.floor(total / 86400), 'd'],
    [Math.floor(total / 3600) % 24, 'h'],
    [Math.floor(total / 60) % 60, 'min'],
    [Math.floor(total % 60), 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** `4.8` of `{major, minor}`. */
export function version(value: Json | undefined): string {
  if (!value || value.major === undefined) return '';
  return value.minor === undefined ? String(value.major) : `${value.major}.${value.minor}`;
}

/** A value that may be one or many, as a list. */
export function many(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(many);
  // `{"usage": ["vm"]}`: lists are wrapped in the name of one
  if (typeof value === 'object') {
    const inner = Object.values(value);
    return inner.length === 1 && Array.isArray(inner[0]) ? many(inner[0]) : [value];
  }
  return [value];
}

/** Processors of a topology. */
export function processors(entity: Json): number | null {
  const parts = ['sockets', 'cores', 'threads'].map((part) => numeric(at(entity, `cpu.topology.${part}`)));
  return parts.every((count) => count === null) ? null : parts.reduce<number>((all, count) => all * (count ?? 1), 1);
}

/** Addresses that a guest reports and others can reach, those of version 4 first. */
export function addresses(value: unknown): string[] {
  const found = many(value)
    .map((one) => (typeof one === 'object' && one !== null ? String((one as Json).address ?? '') : String(one)))
    .filter((one) => one !== '' && !one.startsWith('127.') && one !== '::1' && !/^fe80:/i.test(one));
  return [...new Set(found)].sort((one, other) => Number(one.includes(':')) - Number(other.includes(':')));
}

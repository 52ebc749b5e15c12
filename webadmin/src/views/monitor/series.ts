import { call, list, type Json } from '../../engine/api';
import { session } from '../../engine/session';
import { many, numeric, processors } from '../../entities/texts';

/** What is drawn over time. Values are kept while the page is open, so a tab that is shown again goes on. */
export interface Chart {
  title: string;
  unit: 'percent' | 'bytes' | 'bytes/s';
  series: readonly { key: string; label: string }[];
}

export type Sample = Readonly<Record<string, number | null>>;

export interface Track {
  /** seconds */
  times: number[];
  values: Record<string, (number | null)[]>;
}

/** What is measured now, and what is known of the time before, the newest first. */
export interface Measures {
  now: Sample;
  before: readonly Sample[];
}

/** Seconds between the values that the engine keeps. */
const KEPT_EVERY = 30;
const LONGEST = 1200;
const tracks = new Map<string, Track>();
session.onEnd(() => tracks.clear());

export function trackOf(id: string): Track {
  let track = tracks.get(id);
  if (!track) tracks.set(id, (track = { times: [], values: {} }));
  return track;
}

/** Adds what is measured now. Series that begin later have nothing before. */
export function add(track: Track, time: number, sample: Sample): void {
  if (track.times.length > 0 && time <= track.times.at(-1)!) return;
  track.times.push(time);
  for (const key of new Set([...Object.keys(track.values), ...Object.keys(sample)])) {
    const series = (track.values[key] ??= Array<number | null>(track.times.length - 1).fill(null));
    series.push(sample[key] ?? null);
    if (series.length > LONGEST) series.shift();
  }
  if (track.times.length > LONGEST) track.times.shift();
}

/** Adds what is measured now, to an empty track what was before too. */
export function begin(track: Track, time: number, { now, before }: Measures): void {
  const empty = track.times.length === 0;
  for (let age = empty ? before.length : 0; age > 0; age--) add(track, time - KEPT_EVERY * (age - 0.5), before[age - 1]!);
  add(track, time, now);
}

/** The figures of a list of statistics by their names. */
export function figures(statistics: readonly Json[]): Record<string, number | null> {
  return Object.fromEntries(statistics.map((one) => [String(one.name), numeric(one.values?.value?.[0]?.datum)]));
}

function sum(all: readonly Record<string, number | null>[], name: string): number | null {
  const found = all.map((one) => one[name]).filter((one) => one !== null && one !== undefined);
  return found.length === 0 ? null : found.reduce((one, other) => one + other, 0);
}

const bits = (value: number | null) => (value === null ? null : value / 8);

/** Traffic of the interfaces: bits a second where the engine says them, bytes otherwise. */
export function traffic(nics: readonly Json[]): Sample {
  const all = nics.map((nic) => figures((nic.statistics?.statistic ?? []) as Json[]));
  return {
    received: bits(sum(all, 'data.current.rx.bps')) ?? sum(all, 'data.current.rx'),
    sent: bits(sum(all, 'data.current.tx.bps')) ?? sum(all, 'data.current.tx'),
  };
}

/** What a machine used, from the histories that the engine keeps: of all its processors, and of its memory. */
export function history(statistics: readonly Json[], installed: number | null): Sample[] {
  const of = (name: string): number[] => {
    const found = statistics.find((one) => one.name === `${name}.usage.history`);
    return many(found?.values?.value).map((one) => Number((one as Json).datum));
  };
  const memory = of('memory');
  return of('cpu').map((cpu, age) => ({
    cpu,
    installed,
    memory: installed === null || memory[age] === undefined ? null : (installed * memory[age]) / 100,
  }));
}

export async function measureVm(vm: Json, signal: AbortSignal): Promise<Measures> {
  const { id } = vm;
  const [statistics, nics, disks] = await Promise.all([
    list(`/vms/${id}/statistics`, signal),
    list(`/vms/${id}/nics?follow=statistics`, signal),
    list(`/vms/${id}/diskattachments?follow=disk.statistics`, signal),
  ]);
  const ofDisks = disks.map((one) => figures((one.disk?.statistics?.statistic ?? []) as Json[]));
  const own = figures(statistics);
  const installed = own['memory.installed'] ?? null;
  const cpu = own['cpu.current.total'] ?? null;
  const now = {
    cpu: cpu === null ? null : cpu / (processors(vm) ?? 1),
    memory: own['memory.used'] ?? null,
    installed,
    ...traffic(nics),
    read: sum(ofDisks, 'data.current.read'),
    written: sum(ofDisks, 'data.current.write'),
  };
  return { now, before: history(statistics, installed) };
}

export async function measureHost({ id }: Json, signal: AbortSignal): Promise<Measures> {
  const [own, nics] = await Promise.all([
    call(`/hosts/${id}/statistics`, { signal }).then((answer) => figures((answer.statistic ?? []) as Json[])),
    list(`/hosts/${id}/nics?follow=statistics`, signal),
  ]);
  const idle = own['cpu.current.idle'];
  const now = {
    cpu: idle === null || idle === undefined ? null : 100 - idle,
    user: own['cpu.current.user'] ?? null,
    system: own['cpu.current.system'] ?? null,
    memory: own['memory.used'] ?? null,
    installed: own['memory.total'] ?? null,
    swap: own['swap.used'] ?? null,
    ...traffic(nics),
  };
  return { now, before: [] };
}

export const vmCharts: readonly Chart[] = [
  { title: 'CPU', unit: 'percent', series: [{ key: 'cpu', label: 'Used' }] },
  { title: 'Memory', unit: 'bytes', series: [{ key: 'memory', label: 'Used' }, { key: 'installed', label: 'Defined memory' }] },
  { title: 'Network', unit: 'bytes/s', series: [{ key: 'received', label: 'Received' }, { key: 'sent', label: 'Sent' }] },
  { title: 'Disks', unit: 'bytes/s', series: [{ key: 'read', label: 'Read' }, { key: 'written', label: 'Written' }] },
];

export const hostCharts: readonly Chart[] = [
  { title: 'CPU', unit: 'percent', series: [{ key: 'cpu', label: 'Used' }, { key: 'user', label: 'User' }, { key: 'system', label: 'System' }] },
  { title: 'Memory', unit: 'bytes', series: [{ key: 'memory', label: 'Used' }, { key: 'installed', label: 'Physical memory' }] },
  { title: 'Network', unit: 'bytes/s', series: [{ key: 'received', label: 'Received' }, { key: 'sent', label: 'Sent' }] },
  { title: 'Swap', unit: 'bytes', series: [{ key: 'swap', label: 'Used' }] },
];

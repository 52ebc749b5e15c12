import { call, list, type Json } from '../../engine/api';
import { numeric } from '../../entities/texts';

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

const LONGEST = 1200;
const tracks = new Map<string, Track>();

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

export async function measureVm(id: string, signal: AbortSignal): Promise<Sample> {
  const [own, nics, disks] = await Promise.all([
    list(`/vms/${id}/statistics`, signal).then(figures),
    list(`/vms/${id}/nics?follow=statistics`, signal),
    list(`/vms/${id}/diskattachments?follow=disk.statistics`, signal),
  ]);
  const ofDisks = disks.map((one) => figures((one.disk?.statistics?.statistic ?? []) as Json[]));
  return {
    cpu: own['cpu.current.total'] ?? null,
    memory: own['memory.used'] ?? null,
    installed: own['memory.installed'] ?? null,
    ...traffic(nics),
    read: sum(ofDisks, 'data.current.read'),
    written: sum(ofDisks, 'data.current.write'),
  };
}

export async function measureHost(id: string, signal: AbortSignal): Promise<Sample> {
  const [own, nics] = await Promise.all([
    call(`/hosts/${id}/statistics`, { signal }).then((answer) => figures((answer.statistic ?? []) as Json[])),
    list(`/hosts/${id}/nics?follow=statistics`, signal),
  ]);
  const idle = own['cpu.current.idle'];
  return {
    cpu: idle === null || idle === undefined ? null : 100 - idle,
    user: own['cpu.current.user'] ?? null,
    system: own['cpu.current.system'] ?? null,
    memory: own['memory.used'] ?? null,
    installed: own['memory.total'] ?? null,
    swap: own['swap.used'] ?? null,
    ...traffic(nics),
  };
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

import { Icon } from '@patternfly/react-core';
import {
  BanIcon,
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  InProgressIcon,
  InfoCircleIcon,
  MoonIcon,
  PauseCircleIcon,
  PowerOffIcon,
  QuestionCircleIcon,
  WrenchIcon,
} from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import i18next, { t } from 'i18next';
import type { ReactNode } from 'react';
import { at, call, type Json } from '../engine/api';
import { keys } from '../engine/live';
import { format } from '../places/places';
import './cells.css';
import { addresses, bytes, duration, humanize, isTrue, many, numeric, once, version } from './texts';

/**
 * What lists and detail pages draw instead of the bare text of a field. While somebody scrolls, hundreds are drawn for
 * each picture: they are plain markup without state, and take the language from where it is, since another one
 * loads the page again.
 */

type Tone = 'success' | 'warning' | 'danger' | 'info' | 'custom' | undefined;

const looks: Record<string, [typeof BanIcon, Tone]> = {};
function look(icon: typeof BanIcon, tone: Tone, ...statuses: string[]): void {
  for (const status of statuses) looks[status] = [icon, tone];
}
look(CheckCircleIcon, 'success', 'up', 'ok', 'active', 'operational', 'finished', 'complete', 'enabled', 'full_access', 'connected');
look(PowerOffIcon, undefined, 'down', 'inactive', 'disabled');
look(InProgressIcon, 'info', 'powering_up', 'powering_down', 'wait_for_launch', 'migrating', 'saving_state', 'restoring_state');
look(InProgressIcon, 'info', 'reboot_in_progress', 'image_locked', 'locked', 'preparing_for_maintenance', 'connecting', 'initializing');
look(InProgressIcon, 'info', 'installing', 'reboot', 'activating', 'in_progress', 'started', 'detaching', 'contend', 'in_preview');
look(MoonIcon, 'custom', 'suspended');
look(PauseCircleIcon, 'warning', 'paused');
look(WrenchIcon, 'custom', 'maintenance');
look(ExclamationTriangleIcon, 'warning', 'warning', 'non_operational', 'unassigned', 'mixed', 'problematic', 'not_ready', 'not_operational');
look(ExclamationTriangleIcon, 'warning', 'kdumping', 'install_failed', 'pending_approval', 'uninitialized', 'partially_up');
look(ExclamationCircleIcon, 'danger', 'error', 'alert', 'non_responsive', 'not_responding', 'illegal', 'failed', 'failure');
look(BanIcon, undefined, 'unattached', 'aborted');
look(InfoCircleIcon, 'info', 'normal', 'info');

/** A status: an icon that colour alone does not have to explain, and its text. */
export function Status({ value, short }: { value: unknown; short?: boolean }): ReactNode {
  const status = String(value ?? '');
  if (status === '') return null;
  const [Symbol, tone] = looks[status] ?? [QuestionCircleIcon, undefined];
  const text = t(humanize(status));
  const icon = (
    <Icon status={tone} isInline>
      <Symbol set="default" />
    </Icon>
  );
  if (!short) {
    return (
      <span className="ov-status">
        {icon} {text}
      </span>
    );
  }
  return (
    <span role="img" aria-label={text} title={text}>
      {icon}
    </span>
  );
}

/** A text that is a key of translations. */
export function Text({ of }: { of: unknown }): ReactNode {
  const text = humanize(of);
  return text === '' ? null : t(text);
}

export function Bytes({ value }: { value: unknown }): ReactNode {
  return bytes(value, i18next.language);
}

const moments = once((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }));
const shares = once((locale) => new Intl.NumberFormat(locale, { style: 'percent' }));

/** A moment in the reader's own time; the exact one as a title. */
export function Moment({ value }: { value: unknown }): ReactNode {
  if (value === null || value === undefined || value === '') return null;
  const moment = new Date(/^\d+$/.test(String(value)) ? Number(value) : String(value));
  if (Number.isNaN(moment.getTime())) return String(value);
  return (
    <time dateTime={moment.toISOString()} title={moment.toISOString()}>
      {moments(i18next.language).format(moment)}
    </time>
  );
}

export function YesNo({ value }: { value: unknown }): ReactNode {
  return value === undefined || value === null || value === '' ? null : isTrue(value) ? t('Yes') : t('No');
}

/** How many values before the present one the engine tells. */
const LONGEST_LINE = 40;

/** A share of something as a bar and a figure; as a line where it is known what the share was before. */
export function Share({ percent, label, before = [] }: { percent: number | null; label: string; before?: readonly number[] }): ReactNode {
  if (percent === null) return null;
  const shown = Math.round(Math.min(100, Math.max(0, percent)));
  const tone = shown >= 90 ? 'danger' : shown >= 75 ? 'warning' : 'success';
  const line = before.length > 1;
  return (
    <span className="ov-share">
      <span
        role="meter"
        aria-label={t(label)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={shown}
        className={`${line ? 'ov-share-line' : 'ov-share-bar'} ov-share-${tone}`}
      >
        {line ? (
          <svg viewBox={`0 -2 ${LONGEST_LINE} 104`} preserveAspectRatio="none" aria-hidden="true">
            <polyline points={[shown, ...before].map((value, age) => `${LONGEST_LINE - age},${100 - value}`).join(' ')} />
          </svg>
        ) : (
          <span style={{ inlineSize: `${shown}%` }} />
        )}
      </span>
      <span className="ov-share-figure">{shares(i18next.language).format(shown / 100)}</span>
    </span>
  );
}

/** Tokens of the first detail place, where it is not General; and kinds that have no names of their own. */
const FIRST: Record<string, string> = { dataCenters: 'storage', vnicProfiles: 'virtual_machines', quota: 'clusters' };
const BY_ID = new Set(['disks', 'vnicProfiles', 'users', 'quota', 'networks', 'templates']);

/** The address of something's detail page. */
export function addressOf(token: string, id: unknown, name: unknown): string {
  const byId = BY_ID.has(token) || name === undefined || name === null || name === '';
  return format(`${token}-${FIRST[token] ?? 'general'}`, byId ? { id: String(id ?? '') } : { name: String(name) });
}

interface ReferenceProps {
  token: string;
  collection: string;
  id?: unknown;
  name?: unknown;
}

/** A link to another entity; its name is asked for where the API gives only its id. */
export function Reference(to: ReferenceProps): ReactNode {
  if (!to.id && !to.name) return null;
  return to.name === undefined || to.name === null ? <AskedReference {...to} /> : <Link {...to} />;
}

function AskedReference(to: ReferenceProps): ReactNode {
  const { data } = useQuery({
    queryKey: keys.entity(to.collection, String(to.id)),
    queryFn: ({ signal }) => call(`/${to.collection}/${to.id}`, { signal }),
    staleTime: 60_000,
    retry: false,
  });
  return <Link {...to} name={data?.name ?? data?.alias} />;
}

function Link({ token, id, name }: ReferenceProps): ReactNode {
  return <a href={addressOf(token, id, name)}>{String(name ?? id)}</a>;
}

/** How other kinds are referred to: where their places and collections are. */
export const REFERENCES: Record<string, [token: string, collection: string]> = {
  cluster: ['clusters', 'clusters'],
  data_center: ['dataCenters', 'datacenters'],
  host: ['hosts', 'hosts'],
  vm: ['vms', 'vms'],
  template: ['templates', 'templates'],
  original_template: ['templates', 'templates'],
  storage_domain: ['storage', 'storagedomains'],
  network: ['networks', 'networks'],
  vnic_profile: ['vnicProfiles', 'vnicprofiles'],
  quota: ['quota', 'quotas'],
  user: ['users', 'users'],
  disk: ['disks', 'disks'],
  vm_pool: ['pools', 'vmpools'],
};

/** For a column or fact: a link to what the member of that path refers to, `cluster.data_center`. */
export function referenceTo(path: string): (row: Json) => ReactNode {
  const member = path.split('.').at(-1)!;
  const [token, collection] = REFERENCES[member] ?? ['', ''];
  return (row) => <Reference token={token} collection={collection} id={at(row, `${path}.id`)} name={at(row, `${path}.name`)} />;
}

export const statusOf = (field: string) => (row: Json) => <Status value={at(row, field)} />;
export const textOf = (field: string) => (row: Json) => <Text of={at(row, field)} />;
export const bytesOf = (field: string) => (row: Json) => <Bytes value={at(row, field)} />;
export const momentOf = (field: string) => (row: Json) => <Moment value={at(row, field)} />;
export const yesNoOf = (field: string) => (row: Json) => <YesNo value={at(row, field)} />;
export const versionOf = (field: string) => (row: Json) =>
  version(at(row, field) ?? { major: at(row, `${field}.major`), minor: at(row, `${field}.minor`) });
export const listOf = (field: string) => (row: Json) => many(at(row, field)).map(String).join(', ');
export const addressesOf = (field: string) => (row: Json) => addresses(at(row, field)).join(', ');
export const durationOf = (field: string) => (row: Json) => duration(at(row, field));
export const shareOf = (field: string, label: string) => (row: Json) => <Share percent={numeric(at(row, field))} label={label} />;
/** A share, and what it was before: a statistic of many values, the newest first. */
export const courseOf = (history: string, percent: (row: Json) => number | null, label: string) => (row: Json) => (
  <Share percent={percent(row)} before={many(at(row, history)).map(Number)} label={label} />
);
/** One figure as a part of another. */
export const partOf = (part: (row: Json) => number | null, whole: (row: Json) => number | null, label: string) => (row: Json) => {
  const of = whole(row);
  const figure = part(row);
  return <Share percent={of && figure !== null ? (100 * figure) / of : null} label={label} />;
};

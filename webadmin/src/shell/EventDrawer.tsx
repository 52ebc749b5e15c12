import {
  NotificationDrawer,
  NotificationDrawerBody,
  NotificationDrawerHeader,
  NotificationDrawerList,
  NotificationDrawerListItem,
  NotificationDrawerListItemBody,
  NotificationDrawerListItemHeader,
} from '@patternfly/react-core';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { list, type Json } from '../engine/api';
import { followEvents } from '../engine/live';

const KEPT = 200;
const VARIANTS = { normal: 'info', warning: 'warning', error: 'danger', alert: 'danger' } as const;

let events: readonly Json[] = [];
let unseen = 0;
let picture = { events, unseen };
const listeners = new Set<() => void>();

function changed(): void {
  picture = { events, unseen };
  listeners.forEach((listener) => listener());
}

const store = {
  get: () => picture,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** The newest events, as they happen, and how many of them are bad news that nobody has looked at. */
export function useEvents() {
  return useSyncExternalStore(store.subscribe, store.get);
}

export function startEvents(): () => void {
  void list('/events?max=30').then((first) => {
    const known = new Set(events.map((event) => event.id));
    events = [...events, ...first.filter((event) => !known.has(event.id))].slice(0, KEPT);
    changed();
  }, () => {});
  return followEvents((event) => {
    if (events.some((one) => one.id === event.id)) return;
    events = [event, ...events].slice(0, KEPT);
    if (event.severity === 'error' || event.severity === 'alert' || event.severity === 'warning') unseen++;
    changed();
  });
}

export function EventDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { events: shown } = useEvents();
  useEffect(() => {
    unseen = 0;
    changed();
  }, [shown]);
  return (
    <NotificationDrawer>
      <NotificationDrawerHeader title={t('Events')} onClose={onClose} />
      <NotificationDrawerBody>
        <NotificationDrawerList aria-label={t('Events')}>
          {shown.map((event) => (
            <NotificationDrawerListItem key={event.id} variant={VARIANTS[event.severity as keyof typeof VARIANTS] ?? 'custom'} isRead data-event={event.id}>
              <NotificationDrawerListItemHeader
                variant={VARIANTS[event.severity as keyof typeof VARIANTS] ?? 'custom'}
                title={event.description}
                srTitle={t(String(event.severity))}
              />
              <NotificationDrawerListItemBody timestamp={new Date(Number(event.time)).toLocaleString()}>
                {event.correlation_id ? `${t('Correlation id')}: ${event.correlation_id}` : ''}
              </NotificationDrawerListItemBody>
            </NotificationDrawerListItem>
          ))}
        </NotificationDrawerList>
      </NotificationDrawerBody>
    </NotificationDrawer>
  );
}

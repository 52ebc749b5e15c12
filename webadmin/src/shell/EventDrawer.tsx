import {
  NotificationDrawer,
  NotificationDrawerBody,
  NotificationDrawerHeader,
  NotificationDrawerList,
  NotificationDrawerListItem,
  NotificationDrawerListItemBody,
  NotificationDrawerListItemHeader,
} from '@patternfly/react-core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { seen, useEvents } from './events';

const VARIANTS = { normal: 'info', warning: 'warning', error: 'danger', alert: 'danger' } as const;

export default function EventDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { events: shown } = useEvents();
  useEffect(seen, [shown]);
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

import { Alert, AlertActionCloseButton, AlertActionLink, AlertGroup } from '@patternfly/react-core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { dismiss, noticeBoard, type Notice } from '../views/notices';

/** More would cover the page; those before come up when these are closed. */
const SHOWN = 3;

/** Toasts at the corner. */
export function Toasts() {
  const { t } = useTranslation();
  const notices = useSyncExternalStore(noticeBoard.subscribe, noticeBoard.get).filter((notice) => !notice.alert);
  return (
    <AlertGroup isToast isLiveRegion aria-label="toasts" overflowMessage={notices.length > SHOWN ? t('Close all {{count}}', { count: notices.length }) : ''} onOverflowClick={() => dismiss(...notices.map((notice) => notice.key))}>
      {notices.slice(-SHOWN).map((notice) => (
        <One key={notice.key} notice={notice} />
      ))}
    </AlertGroup>
  );
}

/** Alerts across the page. */
export function PageAlerts() {
  const notices = useSyncExternalStore(noticeBoard.subscribe, noticeBoard.get).filter((notice) => notice.alert);
  return notices.map((notice) => <One key={notice.key} notice={notice} />);
}

function One({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const { undo } = notice;
  return (
    <Alert
      variant={notice.severity}
      title={notice.title}
      isInline={notice.alert}
      actionClose={<AlertActionCloseButton onClose={() => dismiss(notice.key)} />}
      actionLinks={
        undo && (
          <AlertActionLink
            onClick={() => {
              dismiss(notice.key);
              undo();
            }}
          >
            {t('Undo')}
          </AlertActionLink>
        )
      }
    >
      {notice.detail}
      {notice.outcomes && (
        <ul className="overt-outcomes">
          {notice.outcomes.map((one, index) => (
            <li key={index} className={one.error === null ? 'overt-outcome--done' : 'overt-outcome--failed'}>
              {one.name && <strong>{one.name}: </strong>}
              {one.error ?? t('done')}
              {one.correlationId && one.error !== null && <small> ({t('Correlation id')}: {one.correlationId})</small>}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

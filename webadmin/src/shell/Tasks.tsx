import { Button, Spinner } from '@patternfly/react-core';
import { AngleDownIcon, AngleUpIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { list } from '../engine/api';
import { keys } from '../engine/live';
import { later } from '../views/later';
import { usePreference } from '../views/preferences';

const KEPT = 20;
/** The API's own order begins with the oldest. */
const NEWEST = encodeURIComponent('sortby start_time desc');

const Jobs = later(() => import('./Jobs'));

/** What the engine is doing and has just done: always in sight, live, with steps. */
export function Tasks() {
  const { t } = useTranslation();
  const [open, setOpen] = usePreference('tasks.open', false);
  const found = useQuery({
    queryKey: keys.rows('jobs'),
    queryFn: ({ signal }) => list(`/jobs?follow=steps&max=${KEPT}&search=${NEWEST}`, signal),
    staleTime: Infinity,
    retry: false,
  });
  const jobs = found.data ?? [];
  const running = jobs.filter((job) => job.status === 'started');
  return (
    <section className="overt-tasks" aria-label={t('Tasks')}>
      <Button
        variant="plain"
        className="overt-tasks__bar"
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        icon={open ? <AngleDownIcon /> : <AngleUpIcon />}
      >
        {t('Tasks')}
        {running.length > 0 ? (
          <>
            {' '}
            <Spinner size="sm" aria-hidden="true" /> {running[0]!.description}
            {running.length > 1 ? ` ${t('and {{count}} more', { count: running.length - 1 })}` : ''}
          </>
        ) : (
          jobs[0] && (
            <span className="overt-tasks__last">
              {' '}
              {jobs[0].description}: {t(String(jobs[0].status))}
            </span>
          )
        )}
      </Button>
      <Suspense>{open && <Jobs jobs={jobs} />}</Suspense>
    </section>
  );
}

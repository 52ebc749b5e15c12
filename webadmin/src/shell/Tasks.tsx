import { Button, Label, Progress, ProgressMeasureLocation, Spinner } from '@patternfly/react-core';
import { AngleDownIcon, AngleUpIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { list, type Json } from '../engine/api';
import { keys } from '../engine/live';
import { usePreference } from '../views/preferences';

const KEPT = 20;

/** What the engine is doing and has just done: always in sight, live, with steps. */
export function Tasks() {
  const { t } = useTranslation();
  const [open, setOpen] = usePreference('tasks.open', false);
  const found = useQuery({
    queryKey: keys.rows('jobs'),
    queryFn: ({ signal }) => list(`/jobs?follow=steps&max=${KEPT}`, signal),
    staleTime: Infinity,
    retry: false,
  });
  const jobs = [...(found.data ?? [])].sort((a, b) => Number(b.start_time ?? 0) - Number(a.start_time ?? 0)).slice(0, KEPT);
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
          jobs[0] && <span className="overt-tasks__last"> {jobs[0].description}</span>
        )}
      </Button>
      {open && (
        <ul className="overt-tasks__list">
          {jobs.map((job) => (
            <Job key={job.id} job={job} />
          ))}
          {jobs.length === 0 && <li>{t('There are none yet')}</li>}
        </ul>
      )}
    </section>
  );
}

const COLORS = { started: 'blue', finished: 'green', failed: 'red', aborted: 'orange' } as const;

function Job({ job }: { job: Json }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const steps: Json[] = job.steps?.step ?? [];
  const progress = steps.map((step) => Number(step.progress)).find((value) => value > 0);
  return (
    <li data-job={job.id} data-status={job.status}>
      <Button variant="plain" size="sm" onClick={() => setOpen(!open)} aria-expanded={open} aria-label={t('Steps of {{what}}', { what: job.description })} icon={open ? <AngleDownIcon /> : <AngleUpIcon />} />
      <time dateTime={iso(job.start_time)}>{clock(job.start_time)}</time> {job.description}{' '}
      <Label isCompact color={COLORS[job.status as keyof typeof COLORS] ?? 'grey'}>
        {t(String(job.status))}
      </Label>
      {job.status === 'started' && progress !== undefined && (
        <Progress value={progress} size="sm" measureLocation={ProgressMeasureLocation.outside} aria-label={job.description} />
      )}
      {open && (
        <ul>
          {steps.map((step) => (
            <li key={step.id}>
              {step.description}{' '}
              <Label isCompact color={COLORS[step.status as keyof typeof COLORS] ?? 'grey'}>
                {t(String(step.status))}
              </Label>
              {step.progress !== undefined && ` ${step.progress} %`}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function iso(millis: unknown): string | undefined {
  const at = Number(millis);
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined;
}

function clock(millis: unknown): string {
  const at = Number(millis);
  return Number.isFinite(at) ? new Date(at).toLocaleTimeString() : '';
}

import { Button, Label, Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import { AngleDownIcon, AngleUpIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../engine/api';

/** Jobs with their steps. */
export default function Jobs({ jobs }: { jobs: readonly Json[] }) {
  const { t } = useTranslation();
  return (
    <ul className="overt-tasks__list">
      {jobs.map((job) => (
        <Job key={job.id} job={job} />
      ))}
      {jobs.length === 0 && <li>{t('There are none yet')}</li>}
    </ul>
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

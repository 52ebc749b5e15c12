import { Alert, Button, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, correlation, EXTENSIONS } from '../../engine/api';
import { keys } from '../../engine/live';
import type { DetailProps } from '../../entities/entity';
import { Failure } from '../form/FormDialog';
import { tell } from '../notices';
import { PlanView, type Plan } from './Plan';
import './placement.css';

/** How even a cluster is, the moves that would mend it, and the button that makes them. */
export default function Balance({ entity }: DetailProps) {
  const { t } = useTranslation();
  const address = `${EXTENSIONS}/clusters/${entity.id}/balance`;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...keys.entity('clusters', entity.id), 'balance'],
    queryFn: async ({ signal }) => (await call(address, { signal })).plan as Plan,
    retry: false,
  });
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const answer = await call(address, { method: 'POST', correlationId: correlation() });
      tell({ severity: 'success', title: answer.job ? t('The cluster is being balanced') : t('There is nothing to move') });
      await refetch();
    } catch (refused) {
      setFailure(refused);
    }
    setBusy(false);
  };
  return (
    <>
      <div className="ov-placement__head">
        <Button onClick={() => void run()} isLoading={busy} isDisabled={busy || !data || data.moves.length === 0} data-action="balance">
          {t('Carry out the plan')}
        </Button>
        <Button variant="secondary" onClick={() => void refetch()}>
          {t('Plan again')}
        </Button>
      </div>
      {failure !== null && <Failure of={failure} />}
      {isPending && <Spinner aria-label={t('Loading')} />}
      {error && <Alert isInline variant="danger" title={error.message} />}
      {data && <PlanView plan={data} nothing={t('No move would make the cluster more even')} />}
    </>
  );
}

import { Alert, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, EXTENSIONS } from '../../engine/api';
import { keys } from '../../engine/live';
import type { DetailProps } from '../../entities/entity';
import { PlanView, type Plan } from './Plan';

/** Where the machines of a host would go, were it put into maintenance. */
export default function Evacuation({ entity }: DetailProps) {
  const { t } = useTranslation();
  const { data, error, isPending } = useQuery({
    queryKey: [...keys.entity('hosts', entity.id), 'evacuation'],
    queryFn: async ({ signal }) => (await call(`${EXTENSIONS}/hosts/${entity.id}/evacuation`, { signal })).plan as Plan,
    retry: false,
  });
  if (isPending) return <Spinner aria-label={t('Loading')} />;
  if (error) return <Alert isInline variant="danger" title={error.message} />;
  return <PlanView plan={data} nothing={t('Nothing would have to move')} />;
}

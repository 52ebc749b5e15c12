import { Alert, Button, Label, PageSection, Spinner, Title, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, correlation, list, type Json } from '../../engine/api';
import { Reference } from '../../entities/cells';
import type { EntityType, Form, Request } from '../../entities/entity';
import { entityTypes } from '../../entities';
import { bytes } from '../../entities/texts';
import FormDialog from '../form/FormDialog';
import { inTurn } from '../form/requests';
import { tell, tellFault } from '../notices';

const GIB = 1024 ** 3;
const KEY = ['quotas'];

const quotaForm: Form = {
  fields: [
    { path: 'name', label: 'Name', kind: 'text', required: true },
    { path: 'description', label: 'Description', kind: 'text' },
    { path: '$data_center', label: 'Data Center', kind: 'reference', collection: 'datacenters', required: true, fixed: true },
    { path: 'cluster_soft_limit_pct', label: 'Cluster threshold (%)', kind: 'number', initial: 80, min: 0, max: 100 },
    { path: 'cluster_hard_limit_pct', label: 'Cluster grace (%)', kind: 'number', initial: 20, min: 0 },
    { path: 'storage_soft_limit_pct', label: 'Storage threshold (%)', kind: 'number', initial: 80, min: 0, max: 100 },
    { path: 'storage_hard_limit_pct', label: 'Storage grace (%)', kind: 'number', initial: 20, min: 0 },
  ],
};

const limitForm = (dataCenter: string): Form => ({
  size: 'small',
  fields: [
    { path: '$kind', label: 'Limit of', kind: 'choice', initial: 'cluster', required: true, choices: [['cluster', 'Cluster'], ['storage', 'Storage']] },
    { path: 'cluster.id', label: 'Cluster', kind: 'reference', collection: `datacenters/${dataCenter}/clusters`, hint: 'Empty: all together', when: (values) => values.$kind === 'cluster' },
    { path: 'vcpu_limit', label: 'vCPUs', kind: 'number', min: -1, initial: -1, required: true, hint: '-1: unlimited', when: (values) => values.$kind === 'cluster' },
    { path: 'memory_limit', label: 'Memory (GiB)', kind: 'number', min: -1, initial: -1, required: true, hint: '-1: unlimited', when: (values) => values.$kind === 'cluster' },
    { path: 'storage_domain.id', label: 'Storage domain', kind: 'reference', collection: `datacenters/${dataCenter}/storagedomains`, hint: 'Empty: all together', when: (values) => values.$kind === 'storage' },
    { path: 'limit', label: 'Limit (GiB)', kind: 'number', min: -1, initial: -1, required: true, hint: '-1: unlimited', when: (values) => values.$kind === 'storage' },
  ],
});

/** What may be used in which data center. Quotas have no list of their own in the API, but one below each of these. */
export default function Quotas() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [dialog, show] = useState<{ kind: 'new' | 'edit' | 'limit'; quota: Json | null } | null>(null);
  const { data, error, isPending } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => quotas(signal), retry: false });
  const type: EntityType = { ...entityTypes[0]!, name: 'Quota', token: 'quota', plural: 'Quotas', singular: 'Quota' };
  const path = (quota: Json) => `/datacenters/${quota.data_center.id}/quotas/${quota.id}`;
  const requests = (body: Json): Request[] => {
    const { $kind, $data_center, ...rest } = body;
    if (dialog!.kind === 'new') return [{ method: 'POST', path: `/datacenters/${$data_center}/quotas`, body: rest }];
    if (dialog!.kind === 'edit') return [{ method: 'PUT', path: path(dialog!.quota!), body: rest }];
    return [{ method: 'POST', path: `${path(dialog!.quota!)}/${$kind === 'storage' ? 'quotastoragelimits' : 'quotaclusterlimits'}`, body: rest }];
  };
  const remove = async (address: string) => {
    try {
      await call(address, { method: 'DELETE' });
      tell({ severity: 'success', title: t('Remove') });
    } catch (refused) {
      tellFault(t('Remove'), refused);
    }
    await client.invalidateQueries({ queryKey: KEY });
  };
  const gib = (value: unknown) => (Number(value) < 0 ? '∞' : bytes(Number(value) * GIB, i18n.language));
  return (
    <PageSection aria-label={t('Quota')}>
      <Title headingLevel="h1" size="xl">{t('Quota')}</Title>
      <Toolbar inset={{ default: 'insetNone' }} aria-label={t('Actions')}>
        <ToolbarContent>
          <ToolbarItem>
            <Button onClick={() => show({ kind: 'new', quota: null })} data-action="new">{t('New')}</Button>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {isPending && <Spinner aria-label={t('Loading')} />}
      {error && <Alert isInline variant="danger" title={error.message} />}
      {data && (
        <table className="pf-v6-c-table pf-m-compact" aria-label={t('Quota')}>
          <thead className="pf-v6-c-table__thead">
            <tr className="pf-v6-c-table__tr">
              {['Name', 'Data Center', 'Description', 'Clusters', 'Storage'].map((label) => (
                <th key={label} className="pf-v6-c-table__th" scope="col">{t(label)}</th>
              ))}
              <td className="pf-v6-c-table__td" />
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody">
            {data.map((quota) => (
              <tr key={quota.id} className="pf-v6-c-table__tr" data-id={quota.id}>
                <th className="pf-v6-c-table__td" scope="row">{String(quota.name)}</th>
                <td className="pf-v6-c-table__td"><Reference token="dataCenters" collection="datacenters" id={quota.data_center.id} name={quota.data_center.name} /></td>
                <td className="pf-v6-c-table__td">{String(quota.description ?? '')}</td>
                <td className="pf-v6-c-table__td">
                  {(quota.clusterLimits as Json[]).map((limit) => (
                    <Label key={limit.id} onClose={() => void remove(`${path(quota)}/quotaclusterlimits/${limit.id}`)} closeBtnAriaLabel={t('Remove {{name}}', { name: String(limit.cluster?.name ?? '') })}>
                      {String(limit.cluster?.name ?? t('All'))}: {Number(limit.vcpu_limit) < 0 ? '∞' : String(limit.vcpu_limit)} vCPU, {gib(limit.memory_limit)}
                    </Label>
                  ))}
                </td>
                <td className="pf-v6-c-table__td">
                  {(quota.storageLimits as Json[]).map((limit) => (
                    <Label key={limit.id} onClose={() => void remove(`${path(quota)}/quotastoragelimits/${limit.id}`)} closeBtnAriaLabel={t('Remove {{name}}', { name: String(limit.storage_domain?.name ?? '') })}>
                      {String(limit.storage_domain?.name ?? t('All'))}: {gib(limit.limit)}
                    </Label>
                  ))}
                </td>
                <td className="pf-v6-c-table__td">
                  <Button variant="link" isInline onClick={() => show({ kind: 'limit', quota })}>{t('Add limit')}</Button>{' '}
                  <Button variant="link" isInline onClick={() => show({ kind: 'edit', quota })}>{t('Edit')}</Button>{' '}
                  <Button variant="link" isInline isDanger onClick={() => void remove(path(quota))}>{t('Remove')}</Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {dialog && (
        <FormDialog
          title={t({ new: 'New quota', edit: 'Edit quota', limit: 'Add limit' }[dialog.kind])}
          type={type}
          form={dialog.kind === 'limit' ? limitForm(dialog.quota!.data_center.id) : quotaForm}
          entity={dialog.kind === 'edit' ? dialog.quota : null}
          requests={requests}
          submit={async (body) => {
            await inTurn(requests(body), correlation());
            await client.invalidateQueries({ queryKey: KEY });
          }}
          close={() => show(null)}
        />
      )}
    </PageSection>
  );
}

async function quotas(signal: AbortSignal): Promise<Json[]> {
  const centers = await list('/datacenters', signal);
  const found = await Promise.all(
    centers.map(async (center) => {
      const all = await list(`/datacenters/${center.id}/quotas`, signal);
      return Promise.all(
        all.map(async (quota) => {
          const path = `/datacenters/${center.id}/quotas/${quota.id}`;
          const [clusterLimits, storageLimits] = await Promise.all([list(`${path}/quotaclusterlimits?follow=cluster`, signal), list(`${path}/quotastoragelimits?follow=storage_domain`, signal)]);
          return { ...quota, data_center: { id: center.id, name: center.name }, clusterLimits, storageLimits };
        }),
      );
    }),
  );
  return found.flat();
}

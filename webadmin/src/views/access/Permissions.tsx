import { Alert, Button, Spinner, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at, call, correlation, list, type Json } from '../../engine/api';
import { keys } from '../../engine/live';
import { Reference } from '../../entities/cells';
import type { DetailProps, EntityType, Form } from '../../entities/entity';
import FormDialog from '../form/FormDialog';
import { tell, tellFault } from '../notices';

const form: Form = {
  size: 'small',
  fields: [
    { path: '$kind', label: 'For', kind: 'choice', initial: 'user', required: true, choices: [['user', 'User'], ['group', 'Group'], ['everyone', 'Everyone']] },
    { path: 'user.id', label: 'User', kind: 'reference', collection: 'users', required: true, when: (values) => values.$kind === 'user' },
    { path: 'group.id', label: 'Group', kind: 'reference', collection: 'groups', required: true, when: (values) => values.$kind === 'group' },
    { path: 'role.id', label: 'Role', kind: 'reference', collection: 'roles', required: true },
  ],
  body: ({ $kind, ...body }) => ($kind === 'everyone' ? { ...body, group: { id: 'eee00000-0000-0000-0000-123456789eee' } } : body),
};

/** Who may do what with an entity, its own permissions and those that it inherits; and what a user may. */
export default function Permissions({ type, entity }: DetailProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const path = `/${type.collection}/${entity.id}/permissions`;
  const own = type.collection === 'users';
  const key = [...keys.entity(type.collection, entity.id), 'permissions'];
  const { data, error, isPending } = useQuery({ queryKey: key, queryFn: ({ signal }) => list(`${path}?follow=role,user,group`, signal), retry: false });
  const remove = async (permission: Json) => {
    try {
      await call(String(permission.href), { method: 'DELETE' });
      tell({ severity: 'success', title: t('Permission removed') });
    } catch (refused) {
      tellFault(t('Remove'), refused);
    }
    await client.invalidateQueries({ queryKey: key });
  };
  return (
    <>
      <Toolbar inset={{ default: 'insetNone' }} aria-label={t('Actions')}>
        <ToolbarContent>
          <ToolbarItem>
            {!own && (
              <Button onClick={() => setAdding(true)} data-action="add_permission">
                {t('Add')}
              </Button>
            )}
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {isPending && <Spinner aria-label={t('Loading')} />}
      {error && <Alert isInline variant="danger" title={error.message} />}
      {data && (
        <table className="pf-v6-c-table pf-m-compact" aria-label={t('Permissions')}>
          <thead className="pf-v6-c-table__thead">
            <tr className="pf-v6-c-table__tr">
              <th className="pf-v6-c-table__th" scope="col">{t('User or group')}</th>
              <th className="pf-v6-c-table__th" scope="col">{t('Role')}</th>
              <th className="pf-v6-c-table__th" scope="col">{t('Granted on')}</th>
              <td className="pf-v6-c-table__td" />
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody">
            {data.map((permission) => (
              <tr key={permission.id} className="pf-v6-c-table__tr" data-id={permission.id}>
                <td className="pf-v6-c-table__td">{String(at(permission, 'user.user_name') ?? at(permission, 'group.name') ?? at(permission, 'user.id') ?? at(permission, 'group.id') ?? '')}</td>
                <td className="pf-v6-c-table__td">{String(at(permission, 'role.name') ?? '')}</td>
                <td className="pf-v6-c-table__td">
                  <Granted on={permission} />
                </td>
                <td className="pf-v6-c-table__td">
                  <Button variant="link" isDanger isInline onClick={() => void remove(permission)} aria-label={t('Remove {{name}}', { name: String(at(permission, 'role.name') ?? '') })}>
                    {t('Remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding && (
        <FormDialog
          title={t('Add permission')}
          type={type as EntityType}
          form={form}
          entity={null}
          requests={(body) => [{ method: 'POST', path, body }]}
          submit={async (body) => {
            await call(path, { method: 'POST', body, correlationId: correlation() });
            await client.invalidateQueries({ queryKey: key });
          }}
          close={() => setAdding(false)}
        />
      )}
    </>
  );
}

const OBJECTS = [
  ['vm', 'vms', 'vms'],
  ['template', 'templates', 'templates'],
  ['host', 'hosts', 'hosts'],
  ['cluster', 'clusters', 'clusters'],
  ['data_center', 'dataCenters', 'datacenters'],
  ['storage_domain', 'storage', 'storagedomains'],
  ['disk', 'disks', 'disks'],
  ['vm_pool', 'pools', 'vmpools'],
] as const;

function Granted({ on }: { on: Json }) {
  const { t } = useTranslation();
  const found = OBJECTS.find(([member]) => on[member]?.id);
  if (!found) return t('System');
  const [member, token, collection] = found;
  return <Reference token={token} collection={collection} id={on[member].id} name={on[member].name} />;
}

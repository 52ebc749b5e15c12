import { Alert, Button, Label, Spinner, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem, Tooltip } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, correlation, list, type Json } from '../../engine/api';
import { keys } from '../../engine/live';
import { bytesOf, Moment, Status } from '../../entities/cells';
import { column, statusColumn } from '../../entities/common';
import type { Column, DetailProps, DetailTab, Form, Request } from '../../entities/entity';
import { isTrue } from '../../entities/texts';
import { usePluginButtons, usePluginDetailSelection } from '../../plugins';
import FormDialog from '../form/FormDialog';
import { ActionButtons } from '../ListToolbar';
import { nameOf } from '../names';
import { tell, tellFault } from '../notices';
import Confirmation from '../Confirmation';
import { SubTable } from '../SubTable';

const create: Form = {
  size: 'small',
  fields: [
    { path: 'description', label: 'Description', kind: 'text', required: true },
    { path: 'persist_memorystate', label: 'Save memory', kind: 'boolean', initial: false },
  ],
};
/** Which of a snapshot's disks, and whether its memory, shall be as they were; the rest stays as it is. */
function previewForm(snapshot: Json | undefined, disks: readonly Json[]): Form {
  const ids = disks.map((disk) => disk.id as string);
  return {
    size: 'small',
    fields: [
      ...(isTrue(snapshot?.persist_memorystate) ? [{ path: 'restore_memory', label: 'With its memory', kind: 'boolean', initial: false } as const] : []),
      ...(ids.length > 0 ? [{ path: '$disks', label: 'Disks', kind: 'choices', required: true, initial: ids, choices: disks.map((disk) => [disk.id, nameOf(disk)] as const) } as const] : []),
    ],
    body: ({ $disks = ids, ...body }) => ($disks.length < ids.length ? { ...body, disks: { disk: $disks.map((id: string) => ({ id })) } } : body),
  };
}
const cloneForm: Form = { size: 'small', fields: [{ path: 'name', label: 'Name of the clone', kind: 'text', required: true }] };

const DISKS: DetailTab = { detail: '', suffix: 'snapshot_disks', label: 'Disks of the snapshot', index: 3 };
const NONE: readonly Json[] = [];
const snapshotDiskColumns: readonly Column[] = [column('name', 'Disks of the snapshot', 'alias'), column('size', 'Virtual size', 'provisioned_size', { draw: bytesOf('provisioned_size') }), statusColumn];

/** What can be done with a machine's snapshots now, and why not. */
export function refusals(vm: Json, snapshots: readonly Json[], chosen: Json | undefined): Record<'create' | 'preview' | 'commit' | 'undo' | 'remove' | 'clone', string | null> {
  const previewing = snapshots.some((one) => one.snapshot_type === 'preview' || one.snapshot_status === 'in_preview');
  const busy = snapshots.some((one) => one.snapshot_status === 'locked') ? 'A snapshot is being worked on' : null;
  const down = vm.status === 'down' ? null : 'Only while the virtual machine is down';
  const regular = !chosen ? 'Nothing is chosen' : chosen.snapshot_type === 'active' ? 'This is what the machine is now' : null;
  const preview = previewing ? 'A snapshot is being previewed' : null;
  const none = previewing ? null : 'No snapshot is being previewed';
  return {
    create: busy ?? preview,
    preview: regular ?? busy ?? preview ?? down,
    commit: busy ?? none ?? down,
    undo: busy ?? none ?? down,
    remove: regular ?? busy ?? preview,
    clone: regular ?? busy ?? preview,
  };
}

/** A machine's snapshots: taken, looked at before they are kept, taken back, removed. */
export default function Snapshots({ type, tab, entity }: DetailProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const path = `/vms/${entity.id}`;
  const key = [...keys.entity('vms', entity.id), 'snapshots'];
  const [chosenId, choose] = useState<string | null>(null);
  const [asked, ask] = useState<'create' | 'preview' | 'clone' | 'remove' | null>(null);
  const { data, error, isPending } = useQuery({ queryKey: key, queryFn: ({ signal }) => list(`${path}/snapshots`, signal), retry: false });
  const snapshots = [...(data ?? [])].sort((one, other) => Number(other.date ?? 0) - Number(one.date ?? 0));
  const chosen = snapshots.find((one) => one.id === chosenId);
  const disksPath = `${path}/snapshots/${chosenId}/disks`;
  const { data: disks = NONE } = useQuery({ queryKey: [...keys.entity('vms', entity.id), DISKS.suffix, disksPath], queryFn: ({ signal }) => list(disksPath, signal), enabled: chosen !== undefined, staleTime: Infinity, retry: false });
  const why = refusals(entity, snapshots, chosen);
  const selection = useMemo(() => (chosen ? [chosen] : NONE), [chosen]);
  usePluginDetailSelection(tab.detail, selection);
  const { page: foreign } = usePluginButtons({ entity: type.name, detail: tab.detail, selectedType: tab.detail, selection, parent: entity });
  const requestFor = {
    create: (body: Json): Request => ({ method: 'POST', path: `${path}/snapshots`, body }),
    preview: (body: Json): Request => ({ method: 'POST', path: `${path}/previewsnapshot`, body: { snapshot: { id: chosenId }, ...body } }),
    clone: (body: Json): Request => ({ method: 'POST', path: '/vms', body: { name: body.name, snapshots: { snapshot: [{ id: chosenId }] } } }),
    commit: (): Request => ({ method: 'POST', path: `${path}/commitsnapshot`, body: {} }),
    undo: (): Request => ({ method: 'POST', path: `${path}/undosnapshot`, body: {} }),
    remove: (): Request => ({ method: 'DELETE', path: `${path}/snapshots/${chosenId}` }),
  };
  const send = async (request: Request, title: string) => {
    await call(request.path, { ...request, correlationId: correlation() });
    await client.invalidateQueries({ queryKey: keys.entity('vms', entity.id) });
    tell({ severity: 'success', title: t(title) });
  };
  const now = (request: Request, title: string) => void send(request, title).catch((refused: unknown) => tellFault(t(title), refused));
  const button = (id: keyof typeof why, label: string, start: () => void, danger = false) => {
    const refusal = why[id];
    const drawn = (
      <Button variant={id === 'create' ? 'primary' : 'secondary'} isDanger={danger} isAriaDisabled={refusal !== null} onClick={() => refusal === null && start()} data-action={`snapshot_${id}`}>
        {t(label)}
      </Button>
    );
    return <ToolbarItem key={id}>{refusal ? <Tooltip content={t(refusal)}>{drawn}</Tooltip> : drawn}</ToolbarItem>;
  };
  return (
    <>
      <Toolbar className="overt-toolbar" inset={{ default: 'insetNone' }} aria-label={t('Actions')}>
        <ToolbarContent>
          <ToolbarGroup variant="action-group">
            {button('create', 'Create', () => ask('create'))}
            {button('preview', 'Preview', () => ask('preview'))}
            {button('commit', 'Commit', () => now(requestFor.commit(), 'Commit'))}
            {button('undo', 'Undo', () => now(requestFor.undo(), 'Undo'))}
            {button('clone', 'Clone', () => ask('clone'))}
            {button('remove', 'Remove', () => ask('remove'), true)}
          </ToolbarGroup>
          {foreign.length > 0 && <ActionButtons type={type} actions={[]} chosen={selection} foreign={foreign} />}
        </ToolbarContent>
      </Toolbar>
      {isPending && <Spinner aria-label={t('Loading')} />}
      {error && <Alert isInline variant="danger" title={error.message} />}
      {data && (
        <table className="pf-v6-c-table pf-m-compact" aria-label={t('Snapshots')}>
          <thead className="pf-v6-c-table__thead">
            <tr className="pf-v6-c-table__tr">
              <td className="pf-v6-c-table__td" />
              {['Date', 'Status', 'Memory', 'Description'].map((label) => (
                <th key={label} className="pf-v6-c-table__th" scope="col">{t(label)}</th>
              ))}
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody">
            {snapshots.map((one) => (
              <tr key={one.id} className={`pf-v6-c-table__tr ${one.id === chosenId ? 'pf-m-selected' : ''}`} data-id={one.id} onClick={() => choose(one.id)}>
                <td className="pf-v6-c-table__td">
                  <input type="radio" name="snapshot" checked={one.id === chosenId} onChange={() => choose(one.id)} aria-label={t('Choose {{name}}', { name: String(one.description ?? one.id) })} />
                </td>
                <td className="pf-v6-c-table__td">{one.snapshot_type === 'active' ? t('Now') : <Moment value={one.date} />}</td>
                <td className="pf-v6-c-table__td"><Status value={one.snapshot_status} /></td>
                <td className="pf-v6-c-table__td">{isTrue(one.persist_memorystate) ? t('Yes') : t('No')}</td>
                <td className="pf-v6-c-table__td">
                  {String(one.description ?? '')} {one.snapshot_type === 'preview' && <Label color="blue">{t('Preview')}</Label>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen && <SubTable type={type} tab={DISKS} entity={entity} list={{ path: () => disksPath, columns: snapshotDiskColumns }} />}
      {(asked === 'create' || asked === 'preview' || asked === 'clone') && (
        <FormDialog
          title={t({ create: 'Create snapshot', preview: 'Preview snapshot', clone: 'Clone from snapshot' }[asked])}
          type={type}
          form={{ create, preview: previewForm(chosen, disks), clone: cloneForm }[asked]}
          entity={null}
          requests={(body) => [requestFor[asked](body)]}
          submit={(body) => send(requestFor[asked](body), { create: 'Create snapshot', preview: 'Preview snapshot', clone: 'Clone from snapshot' }[asked])}
          close={() => ask(null)}
        />
      )}
      {asked === 'remove' && chosen && (
        <Confirmation
          type={{ ...type, nameField: 'description' }}
          action={{ id: 'remove', label: 'Remove', danger: true, confirm: 'The snapshot will be gone; what was written since then stays. Remove?' }}
          chosen={[chosen]}
          close={() => ask(null)}
          confirmed={() => (ask(null), now(requestFor.remove(), 'Remove'))}
        />
      )}
    </>
  );
}

import { Alert, Button, Label, LabelGroup, Spinner, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at, call, correlation, list, type Json } from '../../engine/api';
import { keys } from '../../engine/live';
import type { DetailProps, Form, Request } from '../../entities/entity';
import { isTrue } from '../../entities/texts';
import FormDialog from '../form/FormDialog';
import { inTurn } from '../form/requests';
import { tell, tellFault } from '../notices';

const RULES = [['disabled', 'Disabled'], ['positive', 'Positive: together'], ['negative', 'Negative: apart']] as const;

function ruleOf(group: Json, member: string): string {
  const rule = at(group, member) as Json | undefined;
  return rule && isTrue(rule.enabled) ? (isTrue(rule.positive) ? 'positive' : 'negative') : 'disabled';
}

const form: Form = {
  fields: [
    { path: 'name', label: 'Name', kind: 'text', required: true },
    { path: 'description', label: 'Description', kind: 'text' },
    { path: 'priority', label: 'Priority', kind: 'number', initial: 1 },
    { path: '$vms', label: 'Virtual machines among each other', kind: 'choice', initial: 'positive', required: true, choices: RULES, read: (group) => ruleOf(group, 'vms_rule') },
    { path: 'vms_rule.enforcing', label: 'Enforced for virtual machines', kind: 'boolean', initial: true },
    { path: '$hosts', label: 'Virtual machines and hosts', kind: 'choice', initial: 'disabled', required: true, choices: RULES, read: (group) => ruleOf(group, 'hosts_rule') },
    { path: 'hosts_rule.enforcing', label: 'Enforced for hosts', kind: 'boolean', initial: false },
  ],
  body: ({ $vms, $hosts, ...body }) => ({
    ...body,
    ...($vms ? { vms_rule: { ...body.vms_rule, enabled: $vms !== 'disabled', positive: $vms === 'positive' } } : {}),
    ...($hosts ? { hosts_rule: { ...body.hosts_rule, enabled: $hosts !== 'disabled', positive: $hosts === 'positive' } } : {}),
  }),
};

const memberForm = (cluster: string): Form => ({
  size: 'small',
  fields: [
    { path: '$kind', label: 'What', kind: 'choice', required: true, initial: 'vms', choices: [['vms', 'Virtual Machine'], ['hosts', 'Host'], ['vmlabels', 'Label of virtual machines'], ['hostlabels', 'Label of hosts']] },
    { path: '$vms', label: 'Virtual Machine', kind: 'reference', collection: 'vms', required: true, candidates: (one) => at(one, 'cluster.id') === cluster, when: (values) => values.$kind === 'vms' },
    { path: '$hosts', label: 'Host', kind: 'reference', collection: 'hosts', required: true, candidates: (one) => at(one, 'cluster.id') === cluster, when: (values) => values.$kind === 'hosts' },
    { path: '$label', label: 'Affinity Label', kind: 'reference', collection: 'affinitylabels', required: true, when: (values) => String(values.$kind).endsWith('labels') },
  ],
});

const MEMBERS = [
  ['vms', 'vms.vm', 'Virtual Machines'],
  ['hosts', 'hosts.host', 'Hosts'],
  ['vmlabels', 'vm_labels.affinity_label', 'Labels of virtual machines'],
  ['hostlabels', 'host_labels.affinity_label', 'Labels of hosts'],
] as const;

/** Which machines run together or apart, and on which hosts: the groups of a cluster, or those that a machine is in. */
export default function AffinityGroups({ type, entity }: DetailProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ofVm = type.collection === 'vms';
  const cluster = String(ofVm ? at(entity, 'cluster.id') : entity.id);
  const path = `/clusters/${cluster}/affinitygroups`;
  const key = [...keys.entity(type.collection, entity.id), 'affinity'];
  const [dialog, show] = useState<{ kind: 'new' | 'edit' | 'member'; group: Json | null } | null>(null);
  const { data, error, isPending } = useQuery({ queryKey: key, queryFn: ({ signal }) => list(`${path}?follow=vms,hosts,vm_labels,host_labels`, signal), retry: false });
  const groups = (data ?? []).filter((group) => !ofVm || members(group, 'vms.vm').some((vm) => vm.id === entity.id));
  const again = () => client.invalidateQueries({ queryKey: key });
  const now = async (request: Request, title: string) => {
    try {
      await call(request.path, { ...request, correlationId: correlation() });
      tell({ severity: 'success', title: t(title) });
    } catch (refused) {
      tellFault(t(title), refused);
    }
    await again();
  };
  const requests = (body: Json): Request[] => {
    const group = dialog!.group;
    const { $kind, $vms, $hosts, $label, ...rest } = body;
    if (dialog!.kind === 'member') return [{ method: 'POST', path: `${path}/${group!.id}/${$kind}`, body: { id: $vms ?? $hosts ?? $label } }];
    if (dialog!.kind === 'edit') return [{ method: 'PUT', path: `${path}/${group!.id}`, body: rest }];
    return [{ method: 'POST', path, body: rest }];
  };
  return (
    <>
      <Toolbar inset={{ default: 'insetNone' }} aria-label={t('Actions')}>
        <ToolbarContent>
          <ToolbarItem>
            <Button onClick={() => show({ kind: 'new', group: null })} data-action="new_group">
              {t('New')}
            </Button>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {isPending && <Spinner aria-label={t('Loading')} />}
      {error && <Alert isInline variant="danger" title={error.message} />}
      {data && (
        <table className="pf-v6-c-table pf-m-compact" aria-label={t('Affinity Groups')}>
          <thead className="pf-v6-c-table__thead">
            <tr className="pf-v6-c-table__tr">
              {['Name', 'Priority', 'Virtual machines among each other', 'Virtual machines and hosts', 'Members'].map((label) => (
                <th key={label} className="pf-v6-c-table__th" scope="col">{t(label)}</th>
              ))}
              <td className="pf-v6-c-table__td" />
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody">
            {groups.map((group) => (
              <tr key={group.id} className="pf-v6-c-table__tr" data-id={group.id}>
                <td className="pf-v6-c-table__td">
                  {String(group.name)} {isTrue(group.broken) && <Label color="red">{t('Broken')}</Label>}
                </td>
                <td className="pf-v6-c-table__td">{String(group.priority ?? '')}</td>
                {['vms_rule', 'hosts_rule'].map((rule) => (
                  <td key={rule} className="pf-v6-c-table__td">
                    {t(RULES.find(([value]) => value === ruleOf(group, rule))![1])} {ruleOf(group, rule) !== 'disabled' && isTrue(at(group, `${rule}.enforcing`)) && <Label>{t('Enforced')}</Label>}
                  </td>
                ))}
                <td className="pf-v6-c-table__td">
                  {MEMBERS.map(([door, member, label]) => {
                    const found = members(group, member);
                    if (found.length === 0) return null;
                    return (
                      <LabelGroup key={door} categoryName={t(label)} numLabels={6}>
                        {found.map((one) => (
                          <Label key={one.id} onClose={() => void now({ method: 'DELETE', path: `${path}/${group.id}/${door}/${one.id}` }, 'Remove')} closeBtnAriaLabel={t('Remove {{name}}', { name: String(one.name ?? one.id) })}>
                            {String(one.name ?? one.id)}
                          </Label>
                        ))}
                      </LabelGroup>
                    );
                  })}
                  <Button variant="link" isInline onClick={() => show({ kind: 'member', group })}>
                    {t('Add')}
                  </Button>
                </td>
                <td className="pf-v6-c-table__td">
                  <Button variant="link" isInline onClick={() => show({ kind: 'edit', group })}>
                    {t('Edit')}
                  </Button>{' '}
                  <Button variant="link" isInline isDanger onClick={() => void now({ method: 'DELETE', path: `${path}/${group.id}` }, 'Remove')}>
                    {t('Remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {dialog && (
        <FormDialog
          title={t({ new: 'New affinity group', edit: 'Edit affinity group', member: 'Add to affinity group' }[dialog.kind])}
          type={type}
          form={dialog.kind === 'member' ? memberForm(cluster) : dialog.kind === 'edit' ? editable(form) : form}
          entity={dialog.kind === 'edit' ? dialog.group : null}
          requests={requests}
          submit={async (body) => {
            await inTurn(requests(body), correlation());
            if (dialog.kind === 'new' && ofVm) await joinNewest(path, String(body.name), entity.id);
            await again();
          }}
          close={() => show(null)}
        />
      )}
    </>
  );
}

/** A group that is made on a machine's page has that machine in it. */
async function joinNewest(path: string, name: string, vm: string): Promise<void> {
  const group = (await list(path)).find((one) => one.name === name);
  if (group) await call(`${path}/${group.id}/vms`, { method: 'POST', body: { id: vm } });
}

/** The engine takes a rule as a whole. */
function editable(whole: Form): Form {
  return {
    ...whole,
    body: (body, group) => {
      const made = whole.body!(body, group);
      for (const rule of ['vms_rule', 'hosts_rule']) if (made[rule]) made[rule] = { ...at(group ?? {}, rule), ...made[rule] };
      return made;
    },
  };
}

function members(group: Json, path: string): Json[] {
  return (at(group, path) as Json[] | undefined) ?? [];
}

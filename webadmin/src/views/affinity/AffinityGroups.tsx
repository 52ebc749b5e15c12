import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { at, type Json } from '../../engine/api';
import { column, remove } from '../../entities/common';
import type { DetailProps, Field, Form } from '../../entities/entity';
import { isTrue } from '../../entities/texts';
import { SubTable } from '../SubTable';

const RULES = [['disabled', 'Disabled'], ['positive', 'Positive: together'], ['negative', 'Negative: apart']] as const;

function ruleOf(group: Json, member: string): string {
  const rule = at(group, member) as Json | undefined;
  return rule && isTrue(rule.enabled) ? (isTrue(rule.positive) ? 'positive' : 'negative') : 'disabled';
}

/** The engine takes a rule as a whole. */
function rule(name: string, chosen: string | undefined, body: Json, group: Json | null): Json {
  if (chosen === undefined && body[name] === undefined) return {};
  const enabled = chosen === undefined ? {} : { enabled: chosen !== 'disabled', positive: chosen === 'positive' };
  return { [name]: { ...(group && at(group, name)), ...body[name], ...enabled } };
}

function formOf(cluster: string, machine: Json | null): Form {
  const same = (one: Json) => at(one, 'cluster.id') === cluster;
  const members = (path: string, label: string, collection: string, more: Partial<Field> = {}): Field => ({ path, label, kind: 'references', collection, ...more });
  return {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'priority', label: 'Priority', kind: 'number', initial: 1 },
      { path: '$vms', label: 'Virtual machines among each other', kind: 'choice', initial: 'positive', required: true, choices: RULES, read: (group) => ruleOf(group, 'vms_rule') },
      { path: 'vms_rule.enforcing', label: 'Enforced for virtual machines', kind: 'boolean', initial: true },
      { path: '$hosts', label: 'Virtual machines and hosts', kind: 'choice', initial: 'disabled', required: true, choices: RULES, read: (group) => ruleOf(group, 'hosts_rule') },
      { path: 'hosts_rule.enforcing', label: 'Enforced for hosts', kind: 'boolean', initial: false },
      members('vms.vm', 'Virtual Machines', 'vms', { candidates: same, initial: machine ? [machine] : undefined }),
      members('hosts.host', 'Hosts', 'hosts', { candidates: same }),
      members('vm_labels.affinity_label', 'Labels of virtual machines', 'affinitylabels'),
      members('host_labels.affinity_label', 'Labels of hosts', 'affinitylabels'),
    ],
    follow: 'vms,hosts,vm_labels,host_labels',
    body: ({ $vms, $hosts, ...body }, group) => ({ ...body, ...rule('vms_rule', $vms, body, group), ...rule('hosts_rule', $hosts, body, group) }),
  };
}

/** Which machines run together or apart, and on which hosts: the groups of a cluster, or those that a machine is in. */
export default function AffinityGroups(props: DetailProps) {
  const { t } = useTranslation();
  const machine = props.type.collection === 'vms' ? props.entity : null;
  const cluster = String(machine ? at(machine, 'cluster.id') : props.entity.id);
  const ruleColumn = (name: string, label: string) =>
    column(name, label, name, {
      draw: (group) => (
        <>
          {t(RULES.find(([value]) => value === ruleOf(group, name))![1])} {ruleOf(group, name) !== 'disabled' && isTrue(at(group, `${name}.enforcing`)) && <Label>{t('Enforced')}</Label>}
        </>
      ),
    });
  const membersColumn = (id: string, label: string, ...paths: string[]) =>
    column(id, label, paths[0]!, { draw: (group) => paths.flatMap((path) => members(group, path)).map((one) => String(one.name ?? one.id)).join(', ') });
  return (
    <SubTable
      {...props}
      list={{
        path: () => `/clusters/${cluster}/affinitygroups?follow=vms,hosts,vm_labels,host_labels`,
        keep: (group) => machine === null || members(group, 'vms.vm').some((vm) => vm.id === machine.id),
        columns: [
          column('name', 'Name', 'name'),
          column('priority', 'Priority', 'priority'),
          ruleColumn('vms_rule', 'Virtual machines among each other'),
          ruleColumn('hosts_rule', 'Virtual machines and hosts'),
          membersColumn('vms', 'Virtual Machines', 'vms.vm', 'vm_labels.affinity_label'),
          membersColumn('hosts', 'Hosts', 'hosts.host', 'host_labels.affinity_label'),
          column('broken', 'Status', 'broken', { draw: (group) => isTrue(group.broken) && <Label color="red">{t('Broken')}</Label> }),
        ],
        actions: [remove('The groups will be gone; their members stay. Remove?')],
        form: formOf(cluster, machine),
      }}
    />
  );
}

function members(group: Json, path: string): Json[] {
  return (at(group, path) as Json[] | undefined) ?? [];
}

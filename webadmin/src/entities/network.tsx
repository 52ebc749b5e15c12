import { at, type Json } from '../engine/api';
import { listOf, referenceTo, textOf, versionOf, yesNoOf } from './cells';
import { column, commentColumn, descriptionColumn, facts, nameColumn, referenceColumn, relatedTab, remove } from './common';
import type { EntityType, Form, Request } from './entity';
import { permissionsTab } from './views';

const profileForm: Form = {
  fields: [
    { path: 'name', label: 'Name', kind: 'text', required: true },
    { path: 'description', label: 'Description', kind: 'text' },
    { path: 'network.id', label: 'Network', kind: 'reference', collection: 'networks', required: true, fixed: true },
    { path: 'network_filter.id', label: 'Network filter', kind: 'reference', clears: true, collection: 'networkfilters' },
    { path: 'pass_through.mode', label: 'Passthrough', kind: 'choice', initial: 'disabled', choices: [['disabled', 'Disabled'], ['enabled', 'Enabled']] },
    { path: 'migratable', label: 'Migratable', kind: 'boolean', when: (values) => values['pass_through.mode'] === 'enabled' },
    { path: 'failover.id', label: 'Failover', kind: 'reference', collection: 'vnicprofiles', candidates: (one) => at(one, 'pass_through.mode') !== 'enabled', when: (values) => values['pass_through.mode'] === 'enabled' },
    { path: 'port_mirroring', label: 'Port mirroring', kind: 'boolean' },
    { path: 'custom_properties.custom_property', label: 'Custom properties', kind: 'pairs', page: 'Custom Properties' },
  ],
};

/** A network has one label at most. */
const labelOf = (network: Json | null): string | undefined => network?.network_labels?.network_label?.[0]?.id;

export const network: EntityType = {
  name: 'Network',
  token: 'networks',
  collection: 'networks',
  element: 'network',
  plural: 'Networks',
  singular: 'Network',
  searchPrefix: 'Networks',
  menu: 'network',
  sort: 'name',
  fields: ['id', 'name', 'data_center.id'],
  follow: 'data_center',
  columns: [
    nameColumn,
    commentColumn,
    referenceColumn('data_center', 'Data Center', 'data_center'),
    descriptionColumn,
    { id: 'role', label: 'Role', fields: ['usages'], draw: listOf('usages') },
    column('vlan', 'VLAN', 'vlan.id'),
    column('mtu', 'MTU', 'mtu', { draw: (row) => (row.mtu === '0' ? '1500' : row.mtu) }),
    column('isolation', 'Port isolation', 'port_isolation', { draw: yesNoOf('port_isolation'), optional: true }),
    column('qos', 'QoS', 'qos.name', { optional: true }),
    column('label', 'Label', 'networklabels.id', { draw: listOf('networklabels.id'), optional: true }),
    column('provider', 'Provider', 'external_provider.name', { optional: true }),
  ],
  actions: [remove('The networks will be gone. Remove?')],
  form: {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'data_center.id', label: 'Data Center', kind: 'reference', collection: 'datacenters', required: true, guess: true, fixed: true },
      { path: '$vm', label: 'VM network', kind: 'boolean', initial: true, read: (one) => (one.usages?.usage ?? []).includes('vm') },
      { path: 'vlan.id', label: 'VLAN', kind: 'number', min: 0, max: 4094, clears: true, hint: 'Empty: untagged' },
      { path: 'mtu', label: 'MTU', kind: 'number', min: 0, max: 65520, hint: '0: as the engine is set' },
      { path: '$cluster', label: 'Attach to the cluster', kind: 'reference', fixed: true, collection: (values) => (values['data_center.id'] ? `datacenters/${String(values['data_center.id'])}/clusters` : null) },
      { path: '$required', label: 'Required in the cluster', kind: 'boolean', initial: true, fixed: true, when: (values) => !!values.$cluster },
      { path: 'port_isolation', label: 'Port isolation', kind: 'boolean', page: 'General', fixed: true },
      { path: 'stp', label: 'STP', kind: 'boolean', page: 'General' },
      { path: 'vdsm_name', label: 'Name on hosts', kind: 'text', page: 'General', fixed: true },
      { path: 'qos.id', label: 'QoS', kind: 'reference', clears: true, page: 'General', collection: (values) => (values['data_center.id'] ? `datacenters/${String(values['data_center.id'])}/qoss` : null), candidates: (one) => one.type === 'hostnetwork' },
      { path: '$label', label: 'Label', kind: 'text', page: 'General', hint: 'Interfaces of hosts with this label get the network', read: labelOf },
      { path: 'comment', label: 'Comment', kind: 'text', page: 'General' },
    ],
    follow: 'networklabels',
    body: ({ $vm, ...body }, entity) => {
      if ($vm === undefined) return body;
      const others = (entity?.usages?.usage ?? []).filter((one: string) => one !== 'vm');
      return { ...body, usages: { usage: $vm ? [...others, 'vm'] : others } };
    },
    then: ({ $cluster, $required, $label }, answer, entity) => {
      const requests: Request[] = entity === null && $cluster ? [{ method: 'POST', path: `/clusters/${$cluster}/networks`, body: { id: answer.id, required: $required } }] : [];
      const before = labelOf(entity);
      if ($label === undefined || $label === before) return requests;
      const labels = `/networks/${answer.id}/networklabels`;
      if (before) requests.push({ method: 'DELETE', path: `${labels}/${encodeURIComponent(before)}` });
      if ($label) requests.push({ method: 'POST', path: labels, body: { id: $label } });
      return requests;
    },
  },
  tabs: [
    {
      detail: '',
      suffix: 'general',
      label: 'General',
      index: 0,
      facts: [
        facts.name,
        facts.description,
        { label: 'Data Center', field: 'data_center.name', draw: referenceTo('data_center') },
        { label: 'Role', field: 'usages', draw: listOf('usages') },
        { label: 'VLAN', field: 'vlan.id' },
        { label: 'MTU', field: 'mtu' },
        { label: 'STP', field: 'stp', draw: yesNoOf('stp') },
        { label: 'Port isolation', field: 'port_isolation', draw: yesNoOf('port_isolation') },
        { label: 'Name on hosts', field: 'vdsm_name' },
        facts.id,
      ],
    },
    {
      detail: 'NetworkProfile',
      suffix: 'profiles',
      label: 'vNIC Profiles',
      index: 1,
      list: {
        path: (row) => `/networks/${row.id}/vnicprofiles`,
        type: 'VnicProfile',
        columns: [
          column('name', 'Name', 'name'),
          column('mirroring', 'Port mirroring', 'port_mirroring', { draw: yesNoOf('port_mirroring') }),
          column('pass', 'Passthrough', 'pass_through.mode', { draw: textOf('pass_through.mode') }),
          column('description', 'Description', 'description'),
        ],
        actions: [remove('The vNIC profiles will be gone. Remove?')],
        form: (row) => ({
          ...profileForm,
          fields: [
            ...profileForm.fields.filter((field) => field.path !== 'network.id'),
            { path: 'qos.id', label: 'QoS', kind: 'reference', collection: `datacenters/${at(row, 'data_center.id')}/qoss`, candidates: (one) => one.type === 'network' },
          ],
        }),
      },
    },
    relatedTab('Cluster', 3, { by: ['networks.id'] }),
    relatedTab('Host', 4, { by: ['networkattachments.network.id'] }),
    relatedTab('VirtualMachine', 5, { by: ['nics.vnic_profile.network.id'] }),
    relatedTab('Template', 6, { by: ['nics.vnic_profile.network.id'] }),
    permissionsTab(7),
  ],
};

export const vnicProfile: EntityType = {
  name: 'VnicProfile',
  token: 'vnicProfiles',
  collection: 'vnicprofiles',
  element: 'vnic_profile',
  plural: 'vNIC Profiles',
  singular: 'vNIC Profile',
  searchPrefix: null,
  menu: 'network',
  sort: 'name',
  fields: ['id', 'name'],
  follow: 'network',
  columns: [
    nameColumn,
    referenceColumn('network', 'Network', 'network'),
    referenceColumn('data_center', 'Data Center', 'network.data_center'),
    { id: 'version', label: 'Compatibility version', fields: ['network.data_center.version.major', 'network.data_center.version.minor'], draw: versionOf('network.data_center.version'), optional: true },
    column('qos', 'QoS', 'qos.name', { optional: true }),
    column('filter', 'Network filter', 'network_filter.name'),
    column('mirroring', 'Port mirroring', 'port_mirroring', { draw: yesNoOf('port_mirroring') }),
    column('pass', 'Passthrough', 'pass_through.mode', { draw: textOf('pass_through.mode') }),
    column('failover', 'Failover', 'failover.name', { optional: true }),
    descriptionColumn,
  ],
  actions: [remove('The vNIC profiles will be gone. Remove?')],
  form: profileForm,
  tabs: [
    relatedTab('VirtualMachine', 0, { by: ['nics.vnic_profile.id'] }),
    relatedTab('Template', 1, { by: ['nics.vnic_profile.id'] }),
    permissionsTab(2),
  ],
};

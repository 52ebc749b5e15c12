import { useTranslation } from 'react-i18next';
import { at, type Json } from '../../engine/api';
import { Reference, REFERENCES } from '../../entities/cells';
import { onlyIf } from '../../entities/common';
import type { Action, Column, DetailProps, Field, Form, SubList } from '../../entities/entity';
import { pathOf } from '../names';
import { SubTable } from '../SubTable';

const EVERYONE = 'eee00000-0000-0000-0000-123456789eee';
const who: Column = { id: 'who', label: 'User or group', fields: [], draw: (one) => String(at(one, 'user.user_name') ?? at(one, 'group.name') ?? at(one, 'user.id') ?? at(one, 'group.id') ?? '') };
const role: Column = { id: 'role', label: 'Role', fields: ['role.name'] };
const granted: Column = { id: 'granted', label: 'Granted on', fields: [], draw: (one) => <Granted on={one} /> };
const roleField: Field = { path: 'role.id', label: 'Role', kind: 'reference', collection: 'roles', required: true };

function remove(refused?: Action['refused']): Action {
  return {
    id: 'remove',
    label: 'Remove',
    danger: true,
    confirm: 'What the permissions allowed will not be allowed any more. Remove?',
    refused,
    request: (one) => ({ method: 'DELETE', path: String(one.href) }),
  };
}

const toPrincipal: Form = {
  size: 'small',
  only: 'new',
  fields: [
    { path: '$kind', label: 'For', kind: 'choice', initial: 'user', required: true, choices: [['user', 'User'], ['group', 'Group'], ['everyone', 'Everyone']] },
    { path: 'user.id', label: 'User', kind: 'reference', collection: 'users', required: true, when: (values) => values.$kind === 'user' },
    { path: 'group.id', label: 'Group', kind: 'reference', collection: 'groups', required: true, when: (values) => values.$kind === 'group' },
    roleField,
  ],
  body: ({ $kind, ...body }) => ($kind === 'everyone' ? { ...body, group: { id: EVERYONE } } : body),
};

const OBJECTS = [['system', 'System'], ['data_center', 'Data Center'], ['cluster', 'Cluster'], ['host', 'Host'], ['storage_domain', 'Storage domain'], ['vm', 'Virtual Machine'], ['vm_pool', 'Pool'], ['template', 'Template']] as const;

/** Who may use a quota has one role on it. */
const CONSUMER = 'QuotaConsumer';
const consumers: Form = {
  ...toPrincipal,
  fields: toPrincipal.fields.filter((field) => field !== roleField),
  body: (body, entity, values) => ({ ...toPrincipal.body!(body, entity, values), role: { name: CONSUMER } }),
};

/** Of a user or group; the engine has a door of its own for what is permitted on the whole system. */
function ofPrincipal(own: string, id: string): Form {
  return {
    size: 'small',
    only: 'new',
    fields: [
      roleField,
      { path: '$on', label: 'Granted on', kind: 'choice', initial: 'system', required: true, choices: OBJECTS },
      ...OBJECTS.slice(1).map(([member, label]): Field => ({ path: `${member}.id`, label, kind: 'reference', collection: REFERENCES[member]![1], required: true, when: (values) => values.$on === member })),
    ],
    path: (body) => (body.$on === 'system' ? '/permissions' : `/${own}s/${id}/permissions`),
    body: (body) => ({ ...body, [own]: { id } }),
  };
}

/** Who may do what with an entity, its own permissions and those that it inherits; and what a user or group may. */
export default function Permissions({ type, tab, entity }: DetailProps) {
  const own = type.element;
  // the system's own are at the root
  const path = (one: Json) => `${one.id ? pathOf(type, one) : ''}/permissions?follow=role,user,group`;
  const list: SubList =
    own === 'user' || own === 'group'
      ? {
          path,
          columns: [role, granted, { ...who, id: 'through', label: 'Through' }],
          actions: [remove(onlyIf((one) => at(one, `${own}.id`) === entity.id, 'It comes from a group'))],
          form: ofPrincipal(own, entity.id),
        }
      : tab.detail === 'User'
        ? { path, columns: [who], keep: (one) => at(one, 'role.name') === CONSUMER, actions: [remove()], form: consumers }
        : { path, columns: [who, role, granted], actions: [remove()], form: toPrincipal };
  return <SubTable type={type} tab={tab} entity={entity} list={list} />;
}

function Granted({ on }: { on: Json }) {
  const { t } = useTranslation();
  const found = OBJECTS.find(([member]) => on[member]?.id) ?? (on.disk?.id ? (['disk'] as const) : undefined);
  if (!found) return t('System');
  const [token, collection] = REFERENCES[found[0]]!;
  return <Reference token={token} collection={collection} id={on[found[0]].id} name={on[found[0]].name} />;
}

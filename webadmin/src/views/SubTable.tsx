import { Alert, EmptyState, Spinner, Toolbar, ToolbarContent } from '@patternfly/react-core';
import '@patternfly/react-styles/css/components/Table/table.css';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { at, list as ask, type Json } from '../engine/api';
import { keys } from '../engine/live';
import type { Action, Column, DetailProps, DetailTab, EntityType, SubList } from '../entities/entity';
import { ActionButtons } from './ListToolbar';
import { collectionsIn } from './listed';
import { nameOf } from './names';
import { detailAddress } from './EntityList';
import { usePluginButtons, usePluginDetailSelection } from '../plugins';
import { actionsOf } from './useActions';
import { typeNamed } from './types';
import './list.css';

interface Props extends DetailProps {
  list: SubList;
}

/** The list of what belongs to one entity: its disks, its events. */
export function SubTable({ type, tab, list, entity }: Props) {
  const { t } = useTranslation();
  const path = list.path(entity);
  const found = useQuery({
    queryKey: [...keys.entity(type.collection, entity.id), tab.suffix, path],
    queryFn: ({ signal }) => ask(path, signal),
    meta: { shows: collectionsIn(path) },
    staleTime: Infinity,
    retry: false,
  });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const rows = (found.data ?? []).filter((row) => list.keep?.(row, entity) ?? true);
  const selected = rows.filter((row) => chosen.includes(row.id));
  const of = subType(type, tab, list, entity);
  const target = list.type ? typeNamed(list.type) : undefined;
  const actions: readonly Action[] = actionsOf(of);
  usePluginDetailSelection(list.type ?? tab.detail, selected);
  const foreign = usePluginButtons({ entity: type.name, detail: tab.detail, selectedType: list.type, selection: selected, parent: entity });
  const choosable = actions.length + foreign.page.length > 0;
  return (
    <>
      {choosable && (
        <Toolbar className="overt-toolbar" inset={{ default: 'insetNone' }} aria-label={t('Actions')}>
          <ToolbarContent>
            <ActionButtons type={of} actions={actions} chosen={selected} foreign={foreign.page} />
          </ToolbarContent>
        </Toolbar>
      )}
      {found.error && <Alert isInline variant="danger" title={found.error.message} />}
      {found.isPending && <Spinner aria-label={t('Loading')} />}
      {found.data && rows.length === 0 && <EmptyState variant="xs" headingLevel="h2" titleText={t('There are none yet')} />}
      {rows.length > 0 && (
        <div className="overt-sub" tabIndex={choosable ? undefined : 0} role="group" aria-label={t(tab.label)}>
          <table className="pf-v6-c-table pf-m-compact" aria-label={t(tab.label)}>
            <thead className="pf-v6-c-table__thead">
              <tr className="pf-v6-c-table__tr">
                {list.columns.map((column) => (
                  <th key={column.id} className="pf-v6-c-table__th" scope="col" style={column.width ? { width: column.width, minWidth: column.width } : undefined}>
                    <span className={column.unlabelled && 'pf-v6-screen-reader'}>{t(column.label)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="pf-v6-c-table__tbody">
              {rows.map((row) => (
                <tr
                  key={row.id}
                  className={`pf-v6-c-table__tr ${chosen.includes(row.id) ? 'pf-m-selected' : ''}`}
                  data-id={row.id}
                  aria-selected={choosable ? chosen.includes(row.id) : undefined}
                  tabIndex={choosable ? 0 : undefined}
                  onClick={(event) => setChosen(toggled(chosen, row.id, event.ctrlKey || event.metaKey))}
                  onKeyDown={(event) => {
                    if (event.key !== ' ' || event.target !== event.currentTarget) return;
                    event.preventDefault();
                    setChosen(toggled(chosen, row.id, true));
                  }}
                >
                  {list.columns.map((column) => (
                    <td key={column.id} className="pf-v6-c-table__td" data-column={column.id}>
                      {column.id === 'name' && target ? <a href={detailAddress(target, row)}>{draw(column, row)}</a> : draw(column, row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** As if the sub-collection were a kind of its own: actions find their paths below the entity. */
function subType(type: EntityType, tab: DetailTab, list: SubList, entity: Json): EntityType {
  const path = list.path(entity).replace(/\?.*/, '').replace(/^\//, '');
  return {
    ...type,
    token: `${type.token}-${tab.suffix}`,
    collection: path,
    singular: tab.label,
    plural: tab.label,
    columns: list.columns,
    actions: list.actions ?? [],
    tabs: [],
    form: typeof list.form === 'function' ? list.form(entity) : list.form,
    below: [type.collection, entity.id],
  };
}

function toggled(chosen: readonly string[], id: string, add: boolean): readonly string[] {
  if (chosen.includes(id)) return add ? chosen.filter((one) => one !== id) : chosen.length === 1 ? [] : [id];
  return add ? [...chosen, id] : [id];
}

function draw(column: Column, row: Json): ReactNode {
  if (column.draw) return column.draw(row);
  const value = at(row, column.fields[0]!);
  return value == null || typeof value === 'object' ? (column.id === 'name' ? nameOf(row) : '') : String(value);
}

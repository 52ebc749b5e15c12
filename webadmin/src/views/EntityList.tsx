import { Alert, Bullseye, Content, EmptyState, EmptyStateBody, Spinner } from '@patternfly/react-core';
import '@patternfly/react-styles/css/components/Table/table.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import i18next from 'i18next';
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { at, type Json } from '../engine/api';
import type { Column, EntityType } from '../entities/entity';
import { format } from '../places/places';
import { ENTITY_FIELDS, usePluginButtons, usePluginSelection } from '../plugins';
import { loadWhatIsLater } from './later';
import { nameOf } from './names';
import { usePreference } from './preferences';
import { SearchBar } from './SearchBar';
import { selection as selections } from './selection';
import { ListToolbar } from './ListToolbar';
import { RowMenu, type MenuAt } from './RowMenu';
import { conditionsOf } from './sortby';
import { useChoice, type Keys } from './useChoice';
import { useHaste } from './useHaste';
import { useRows } from './useRows';
import './list.css';

const ROW_PIXELS = 36;
const FIRST_ROWS = 40;

/** Every list of the page: search, columns, sort, choice, actions, and as many rows as there are. */
export function EntityList({ type, search, onSearch }: { type: EntityType; search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation();
  const [sort, setSort] = usePreference<string | null>(`${type.token}.sort`, type.sort ?? null);
  const { conditions, ordered } = useMemo(() => conditionsOf(search), [search]);
  // a search that names an order has it
  const order = ordered ? null : sort;
  const [hidden, setHidden] = usePreference<string[]>(
    `${type.token}.hidden`,
    type.columns.filter((column) => column.optional).map((column) => column.id),
  );
  const columns = useMemo(() => type.columns.filter((column) => !hidden.includes(column.id)), [type, hidden]);
  const fields = useMemo(() => fieldsOf(type, columns), [type, columns]);
  const needed = useMemo(() => fieldsOf(type, []), [type]);
  const tracks = useMemo(() => tracksOf(columns), [columns]);
  const scroller = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const [cursor, setCursor] = useState<{ id?: string; index: number }>({ index: 0 });
  const [count, setCount] = useState(0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 5,
  });
  const items = virtual.getVirtualItems();
  const found = useRows(type.collection, search, order, fields, items[0]?.index ?? 0, items.at(-1)?.index ?? FIRST_ROWS);
  // asked of what is found, which is asked of what can be seen: nothing is drawn twice
  if (found.total !== count) setCount(found.total);
  const hasty = useHaste(items[0]?.index ?? 0);
  const height = virtual.getTotalSize();
  const loaded = items.map((item) => found.at(item.index));

  useEffect(() => {
    if (!found.pending) loadWhatIsLater();
  }, [found.pending]);

  const { chosen, ids, choose: take, chooseAll } = useChoice(type, { collection: type.collection, search, sort: order, fields: needed }, conditions, found);
  usePluginSelection(type.name, chosen);
  const foreign = usePluginButtons({ entity: type.name, selection: chosen });
  const place = cursor.id === undefined ? -1 : found.indexOf(cursor.id);
  const current = Math.min(place < 0 ? cursor.index : place, Math.max(0, found.total - 1));

  const filled = items.length > 0;
  useLayoutEffect(() => {
    selections.begin(type.token, conditions);
    const box = scroller.current!;
    if (!filled) return;
    box.scrollTop = selections.scrolled(type.token);
    return () => selections.scroll(type.token, box.scrollTop);
  }, [type, conditions, filled]);

  const choose = (index: number, row: Json, keys: Keys, box: boolean) => {
    setCursor({ id: row.id, index });
    take(row, keys, box);
  };

  const keyDown = (event: KeyboardEvent) => {
    // headings, links and boxes within have keys of their own
    if (event.target !== event.currentTarget) return;
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -1e9, End: 1e9 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(found.total - 1, current + move));
      const row = found.at(next);
      setCursor({ id: row?.id, index: next });
      virtual.scrollToIndex(next);
      if (row && event.shiftKey) choose(next, row, event, false);
      return;
    }
    const row = found.at(current);
    if (!row) return;
    if (event.key === ' ') choose(current, row, event, true);
    else if (event.key === 'Enter') location.hash = detailAddress(type, row);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(event, current, row);
    else if ((event.ctrlKey || event.metaKey) && event.key === 'a') chooseAll();
    else if (event.key === 'Escape') selections.set(type.token, []);
    else return;
    event.preventDefault();
  };

  const sortBy = (wanted: string) => {
    setSort(wanted);
    if (ordered) onSearch(conditions);
  };

  const openMenu = (event: MouseEvent | KeyboardEvent, index: number, row: Json) => {
    event.preventDefault();
    setCursor({ id: row.id, index });
    if (!ids.has(row.id)) selections.set(type.token, [row]);
    const box = (event.target as HTMLElement).getBoundingClientRect();
    const mouse = 'clientX' in event && event.clientX > 0;
    setMenu({ x: mouse ? event.clientX : box.left + 40, y: mouse ? event.clientY : box.bottom });
  };

  // rows are not drawn again when only these are others
  const does = useRef({ choose, openMenu });
  useLayoutEffect(() => void (does.current = { choose, openMenu }));

  const before = items.length > 0 ? items[0]!.start : 0;
  const after = items.length > 0 ? height - items[items.length - 1]!.end : 0;
  const all = chosen.length > 0 && chosen.length === found.total;
  return (
    <section className="overt-list" aria-label={t(type.plural)}>
      <Search type={type} search={search} onSearch={onSearch} />
      <Toolbar
        type={type}
        chosen={chosen}
        foreign={foreign.toolbar}
        total={found.total}
        hidden={hidden}
        onHidden={setHidden}
      />
      {found.error && <Alert isInline variant="danger" title={found.error.message} />}
      <div className="overt-list__scroll" ref={scroller} tabIndex={0} onKeyDown={keyDown} data-total={found.total} aria-label={t('{{what}}: rows', { what: t(type.plural) })} role="region">
        <table
          className="pf-v6-c-table pf-m-grid-md pf-m-compact overt-table"
          role="grid"
          aria-label={t(type.plural)}
          style={tracks}
          aria-rowcount={found.total + 1}
          aria-multiselectable="true"
        >
          <thead className="pf-v6-c-table__thead" role="rowgroup">
            <tr className="pf-v6-c-table__tr" role="row">
              <th className="pf-v6-c-table__th overt-table__box" role="columnheader" scope="col">
                <input
                  type="checkbox"
                  aria-label={t('Choose all')}
                  checked={all}
                  onChange={() => (chosen.length > 0 ? selections.set(type.token, []) : chooseAll())}
                />
              </th>
              {columns.map((column) => (
                <Heading key={column.id} column={column} sort={order} onSort={sortBy} />
              ))}
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody" role="rowgroup">
            {before > 0 && <tr style={{ height: before }} aria-hidden="true" />}
            {items.map((item, index) => {
              const row = loaded[index];
              return row ? (
                <Row
                  key={row.id}
                  type={type}
                  columns={columns}
                  row={row}
                  index={item.index}
                  chosen={ids.has(row.id)}
                  current={item.index === current}
                  hasty={hasty}
                  does={does}
                />
              ) : (
                <tr key={`_${item.index}`} className="pf-v6-c-table__tr overt-table__row" aria-busy="true">
                  <td colSpan={columns.length + 1} />
                </tr>
              );
            })}
            {after > 0 && <tr style={{ height: after }} aria-hidden="true" />}
          </tbody>
        </table>
        {found.pending && (
          <Bullseye>
            <Spinner aria-label={t('Loading')} />
          </Bullseye>
        )}
        {!found.pending && !found.error && found.total === 0 && (
          <EmptyState headingLevel="h2" titleText={search ? t('Nothing is like this') : t('There are none yet')}>
            <EmptyStateBody>{search ? <Content component="p">{search}</Content> : t(type.plural)}</EmptyStateBody>
          </EmptyState>
        )}
      </div>
      {menu && <RowMenu type={type} chosen={chosen} foreign={foreign.context} at={menu} onClose={() => (setMenu(null), scroller.current?.focus())} />}
    </section>
  );
}

const BOX_REM = 2.5;

/** Each column has its width, and its share of what is left; for all rows alike, whatever is in them. */
function tracksOf(columns: readonly Column[]): CSSProperties {
  const rems = columns.map((column) => Number.parseFloat(column.width ?? (column.id === 'name' ? '12' : '8')));
  return {
    minWidth: `${rems.reduce((sum, rem) => sum + rem, BOX_REM)}rem`,
    '--overt-table--tracks': [`${BOX_REM}rem`, ...rems.map((rem) => `minmax(${rem}rem, ${rem}fr)`)].join(' '),
  } as CSSProperties;
}

/** What stands above the rows and does not change while they scroll. */
const Search = memo(SearchBar);
const Toolbar = memo(ListToolbar);

function fieldsOf(type: EntityType, columns: readonly Column[]): string[] {
  const all = new Set<string>(['id', type.nameField ?? 'name', ...(type.fields ?? []), ...(ENTITY_FIELDS[type.name] ?? [])]);
  columns.forEach((column) => column.fields.forEach((field) => all.add(field)));
  return [...all];
}

export function detailAddress(type: EntityType, row: Json): string {
  const tab = type.tabs[0];
  return tab ? format(`${type.token}-${tab.suffix}`, { name: nameOf(row, type), id: row.id }) : format(type.token, { id: row.id });
}

function Heading({ column, sort, onSort }: { column: Column; sort: string | null; onSort: (sort: string) => void }) {
  const { t } = useTranslation();
  const [by, way] = (sort ?? '').split(' ');
  const mine = column.sort !== undefined && by === column.sort;
  const label = t(column.label);
  return (
    <th
      className={`pf-v6-c-table__th ${mine ? 'pf-m-selected' : ''}`}
      role="columnheader"
      scope="col"
      aria-sort={mine ? (way === 'desc' ? 'descending' : 'ascending') : undefined}
    >
      {column.sort ? (
        <button type="button" className="overt-table__sort" onClick={() => onSort(mine && way !== 'desc' ? `${column.sort} desc` : column.sort!)}>
          {label}
          <span aria-hidden="true">{mine ? (way === 'desc' ? ' ▾' : ' ▴') : ''}</span>
        </button>
      ) : (
        <span className={column.unlabelled && 'pf-v6-screen-reader'}>{label}</span>
      )}
    </th>
  );
}

interface RowProps {
  type: EntityType;
  columns: readonly Column[];
  row: Json;
  index: number;
  chosen: boolean;
  current: boolean;
  /** only its texts are drawn, unless it is there already */
  hasty: boolean;
  /** the newest of what the list does with a row */
  does: RefObject<{
    choose: (index: number, row: Json, keys: Keys, box: boolean) => void;
    openMenu: (event: MouseEvent, index: number, row: Json) => void;
  }>;
}

const Row = memo(
  function Row({ type, columns, row, index, chosen, current, hasty, does }: RowProps) {
    // what has been whole stays so
    const drawn = useRef(false);
    if (!hasty) drawn.current = true;
    const whole = drawn.current;
    return (
      <tr
        className={`pf-v6-c-table__tr overt-table__row ${chosen ? 'pf-m-selected' : ''} ${current ? 'overt-table__row--current' : ''}`}
        role="row"
        aria-selected={chosen}
        aria-rowindex={index + 2}
        data-id={row.id}
        onClick={(event) => does.current.choose(index, row, event, false)}
        onContextMenu={(event) => does.current.openMenu(event, index, row)}
      >
        <td className="pf-v6-c-table__td overt-table__box" role="gridcell">
          {whole && (
            <input
              type="checkbox"
              checked={chosen}
              aria-label={i18next.t('Choose {{name}}', { name: nameOf(row, type) })}
              onClick={(event) => {
                event.stopPropagation();
                does.current.choose(index, row, event, true);
              }}
              onChange={() => {}}
            />
          )}
        </td>
        {columns.map((column) => (
          <td key={column.id} className="pf-v6-c-table__td" role="gridcell">
            {(whole || !column.draw) && cell(type, column, row)}
          </td>
        ))}
      </tr>
    );
  },
  (before, now) =>
    before.row === now.row &&
    before.chosen === now.chosen &&
    before.current === now.current &&
    before.hasty === now.hasty &&
    before.columns === now.columns &&
    before.index === now.index,
);

function cell(type: EntityType, column: Column, row: Json): ReactNode {
  const drawn = column.draw ? column.draw(row) : text(at(row, column.fields[0]!));
  return column.id === 'name' ? (
    <a href={detailAddress(type, row)} onClick={(event) => event.stopPropagation()}>
      {drawn}
    </a>
  ) : (
    drawn
  );
}

function text(value: unknown): ReactNode {
  return value == null ? '' : typeof value === 'object' ? '' : String(value);
}

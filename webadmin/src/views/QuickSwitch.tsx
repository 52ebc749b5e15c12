import { MenuSearch, MenuSearchInput, MenuToggle, SearchInput, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../engine/api';
import { keys } from '../engine/live';
import { rows } from '../engine/rows';
import type { EntityType } from '../entities/entity';
import { places } from '../places/places';
import { nameOf } from './names';

const OFFERED = 50;
/** Where the engine cannot search, the page looks through what there is. */
const LOOKED_THROUGH = 1000;

/** From one entity to another of its kind, staying on the same tab. */
export function QuickSwitch({ type, token, current }: { type: EntityType; token: string; current: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const label = t('Go to another {{what}}', { what: t(type.singular) });
  const go = (row: Json) => {
    setOpen(false);
    places.go(token, { name: nameOf(row, type), id: row.id });
  };
  return (
    <Select
      isOpen={open}
      onOpenChange={setOpen}
      onOpenChangeKeys={['Escape']}
      isScrollable
      maxMenuHeight="20rem"
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plainText" isExpanded={open} onClick={() => setOpen(!open)} aria-label={`${current}: ${label}`}>
          {current}
        </MenuToggle>
      )}
      onSelect={(_, row) => go(row as Json)}
    >
      {open && <Others type={type} label={label} go={go} />}
    </Select>
  );
}

function Others({ type, label, go }: { type: EntityType; label: string; go: (row: Json) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const text = typed.replace(/["'*;\\]/g, '').trim();
  const field = type.nameField ?? 'name';
  const searched = type.searchPrefix !== null;
  const search = searched && text ? `${type.nameSearch ?? field}="*${text}*"` : '';
  const { data } = useQuery({
    queryKey: [...keys.rows(type.collection), 'switch', search],
    queryFn: ({ signal }) => rows({ collection: type.collection, search, sort: field, fields: ['id', field], from: 0, max: searched ? OFFERED : LOOKED_THROUGH }, signal),
    placeholderData: keepPreviousData,
  });
  const fitting = (data?.rows ?? []).filter((row) => searched || nameOf(row, type).toLowerCase().includes(text.toLowerCase()));
  const offered = fitting.slice(0, OFFERED);
  const more = (searched ? (data?.total ?? 0) : fitting.length) - offered.length;
  const enter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && offered[0]) go(offered[0]);
  };
  return (
    <>
      <MenuSearch>
        <MenuSearchInput>
          <SearchInput value={typed} onChange={(_, value) => setTyped(value)} onClear={() => setTyped('')} onKeyDown={enter} aria-label={label} autoFocus />
        </MenuSearchInput>
      </MenuSearch>
      <SelectList aria-label={t(type.plural)}>
        {offered.map((row) => (
          <SelectOption key={row.id} value={row}>
            {nameOf(row, type)}
          </SelectOption>
        ))}
        {more > 0 && <SelectOption isDisabled>{t('and {{count}} more', { count: more })}</SelectOption>}
        {data && offered.length === 0 && <SelectOption isDisabled>{t('Nothing is like this')}</SelectOption>}
      </SelectList>
    </>
  );
}

import { Select, SelectList, SelectOption, MenuToggle } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityType } from '../entities/entity';
import { places } from '../places/places';
import { nameOf } from './names';
import { useRows } from './useRows';

const OFFERED = 50;

/** From one entity to another of its kind, staying on the same tab. */
export function QuickSwitch({ type, token, current }: { type: EntityType; token: string; current: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Select
      isOpen={open}
      onOpenChange={setOpen}
      isScrollable
      maxMenuHeight="20rem"
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plainText" isExpanded={open} onClick={() => setOpen(!open)} aria-label={`${current}: ${t('Go to another {{what}}', { what: t(type.singular) })}`}>
          {current}
        </MenuToggle>
      )}
      onSelect={(_, chosen) => {
        setOpen(false);
        const [id, name] = String(chosen).split(' ', 2) as [string, string];
        places.go(token, { name: decodeURIComponent(name), id });
      }}
    >
      {open && <Others type={type} />}
    </Select>
  );
}

function Others({ type }: { type: EntityType }) {
  const field = type.nameField ?? 'name';
  const found = useRows(type.collection, '', field, ['id', field], 0, OFFERED);
  return (
    <SelectList>
      {Array.from({ length: Math.min(OFFERED, found.total) }, (_, index) => found.at(index))
        .filter((row) => row !== undefined)
        .map((row) => (
          <SelectOption key={row.id} value={`${row.id} ${encodeURIComponent(nameOf(row, type))}`}>
            {nameOf(row, type)}
          </SelectOption>
        ))}
    </SelectList>
  );
}

import { Menu, MenuContent, MenuItem, MenuList, Modal, ModalBody, SearchInput } from '@patternfly/react-core';
import { useQueries } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { rows } from '../engine/rows';
import { entityTypes } from '../entities';
import { places } from '../places/places';
import { detailAddress } from '../views/EntityList';
import { nameOf } from '../views/names';
import { isOpen } from '../views/types';
import { actionsOf, refusal, useActions } from '../views/useActions';
import { alone, menu } from './menu';

const PER_KIND = 5;
const SEARCHED = ['vms', 'hosts', 'clusters', 'templates', 'storage', 'disks', 'networks', 'dataCenters'];

interface Entry {
  key: string;
  label: string;
  description: string;
  go: () => void;
}

/** What Ctrl-K opens: to any place, object or action, by typing a part of its name. */
export default function PaletteDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const entries = useEntries(useDeferredValue(text.trim()));
  useEffect(() => setActive(0), [text]);
  const take = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    entry.go();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((now) => Math.min(entries.length - 1, now + 1));
    else if (event.key === 'ArrowUp') setActive((now) => Math.max(0, now - 1));
    else if (event.key === 'Enter') take(entries[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal isOpen variant="small" position="top" onClose={close} aria-label={t('Go to anything')} className="overt-palette" elementToFocus=".overt-palette input">
      <ModalBody>
        <SearchInput
          value={text}
          onChange={(_, value) => setText(value)}
          onClear={() => setText('')}
          onKeyDown={keyDown}
          placeholder={t('Go to anything')}
          aria-label={t('Go to anything')}
        />
        <Menu isPlain isScrollable onSelect={(_, index) => take(entries[Number(index)])}>
          <MenuContent maxMenuHeight="60vh">
            <MenuList aria-label={t('Places, objects and actions')}>
              {entries.map((entry, index) => (
                <MenuItem key={entry.key} itemId={index} isFocused={index === active} description={entry.description}>
                  {entry.label}
                </MenuItem>
              ))}
              {entries.length === 0 && <MenuItem isDisabled>{t('Nothing is like this')}</MenuItem>}
            </MenuList>
          </MenuContent>
        </Menu>
      </ModalBody>
    </Modal>
  );
}

function useEntries(text: string): Entry[] {
  const { t } = useTranslation();
  const start = useActions();
  const wanted = text.toLowerCase();
  const still = useMemo(() => {
    const all: Entry[] = [];
    for (const group of [{ label: '', items: alone() }, ...menu()])
      for (const item of group.items)
        all.push({ key: `p ${item.token}`, label: t(item.label), description: t(group.label), go: () => places.go(item.token) });
    for (const type of entityTypes.filter((one) => isOpen(one.collection)))
      for (const action of actionsOf(type))
        if (action.takes === 'none' && refusal(action, []) === null)
          all.push({
            key: `a ${type.token} ${action.id}`,
            label: `${t(action.label)}: ${t(type.singular)}`,
            description: t('Action'),
            go: () => start(type, action, []),
          });
    return all;
  }, [t, start]);
  const kinds = entityTypes.filter((type) => SEARCHED.includes(type.token) && type.searchPrefix !== null);
  const quoted = wanted.replaceAll('"', '').replaceAll('*', '');
  const found = useQueries({
    queries: kinds.map((type) => {
      const field = type.nameField ?? 'name';
      return {
        queryKey: ['palette', type.collection, quoted],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          rows({ collection: type.collection, search: `${type.nameSearch ?? field}="*${quoted}*"`, fields: ['id', field], sort: null, from: 0, max: PER_KIND }, signal),
        enabled: quoted.length > 0,
        staleTime: 5_000,
        retry: false,
      };
    }),
  });
  const entries = still.filter((entry) => entry.label.toLowerCase().includes(wanted)).slice(0, quoted ? 8 : 20);
  kinds.forEach((type, index) =>
    (found[index]?.data?.rows ?? []).forEach((row) =>
      entries.push({
        key: row.id,
        label: nameOf(row, type),
        description: t(type.singular),
        go: () => (location.hash = detailAddress(type, row)),
      }),
    ),
  );
  return entries;
}

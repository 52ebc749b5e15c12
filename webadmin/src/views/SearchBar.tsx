import {
  Button,
  Menu,
  MenuContent,
  MenuItem,
  MenuList,
  TextInputGroup,
  TextInputGroupMain,
  TextInputGroupUtilities,
} from '@patternfly/react-core';
import { ArrowRightIcon, SearchIcon, TimesIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call, EXTENSIONS } from '../engine/api';
import type { EntityType } from '../entities/entity';
import { isOpen } from './types';

const TagFilter = lazy(() => import('./tags/TagFilter'));
/** Kinds that can have tags. */
const TAGGED = new Set(['vms', 'hosts', 'users']);

interface Completions {
  completions: { text: string; description?: string }[];
  error?: { position: number; message: string };
}

/** The search language, with what could come next. */
export function SearchBar({ type, search, onSearch }: { type: EntityType; search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(search);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key === '/' && !target.closest('input, textarea, select, [contenteditable]')) {
        event.preventDefault();
        input.current?.focus();
      }
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const prefix = type.searchPrefix === null ? null : `${type.searchPrefix}: `;
  const asked = useQuery({
    queryKey: ['complete', prefix, text],
    queryFn: async ({ signal }) =>
      (await call(`${EXTENSIONS}/search/complete?text=${encodeURIComponent(prefix + text)}`, { signal })) as Completions,
    enabled: open && prefix !== null,
    staleTime: 60_000,
    retry: false,
  });
  if (prefix === null) return null;
  const offered = open ? (asked.data?.completions ?? []) : [];
  const take = (index: number) => {
    const chosen = offered[index]!.text;
    const taken = chosen.startsWith(prefix) ? chosen.slice(prefix.length) : chosen;
    // what can come after it is offered next; a field may follow a dot
    setText(/\S$/.test(taken) && !taken.endsWith('.') ? `${taken} ` : taken);
    setOpen(true);
    setActive(-1);
    input.current?.focus();
  };
  const submit = () => {
    setOpen(false);
    onSearch(text.trim());
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (offered.length > 0) setActive((now) => (now + step + offered.length) % offered.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && active >= 0 && offered[active]) take(active);
    else if (event.key === 'Tab' && open && offered.length === 1) take(0);
    else if (event.key === 'Enter') submit();
    else if (event.key === 'Escape') setOpen(false);
    else return;
    event.preventDefault();
  };
  const wrong = asked.data?.error?.message;
  return (
    <div className="overt-search" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <TextInputGroup>
        <TextInputGroupMain
          innerRef={input}
          icon={<SearchIcon />}
          type="text"
          role="combobox"
          isExpanded={offered.length > 0}
          aria-controls={offered.length > 0 ? `${id}-list` : undefined}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          aria-label={t('Search {{what}}', { what: t(type.plural) })}
          placeholder={`${prefix}…`}
          value={text}
          onChange={(_, value) => {
            setText(value);
            setOpen(true);
            setActive(-1);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={keyDown}
        />
        <TextInputGroupUtilities>
          {text !== '' && (
            <Button
              variant="plain"
              icon={<TimesIcon />}
              aria-label={t('Clear')}
              onClick={() => {
                setText('');
                onSearch('');
              }}
            />
          )}
          {TAGGED.has(type.collection) && isOpen('tags') && (
            <Suspense>
              <TagFilter search={search} onSearch={onSearch} />
            </Suspense>
          )}
          <Button variant="plain" icon={<ArrowRightIcon />} aria-label={t('Search')} onClick={submit} />
        </TextInputGroupUtilities>
      </TextInputGroup>
      {(offered.length > 0 || (open && wrong)) && (
        <Menu className="overt-search__list" isPlain={false} onSelect={(_, index) => take(Number(index))}>
          <MenuContent>
            <MenuList id={`${id}-list`} aria-label={t('Completions')}>
              {wrong && offered.length === 0 && (
                <MenuItem isDisabled itemId={-1}>
                  {wrong}
                </MenuItem>
              )}
              {offered.map((one, index) => (
                <MenuItem key={one.text} id={`${id}-${index}`} itemId={index} isFocused={index === active} description={one.description}>
                  {one.text}
                </MenuItem>
              ))}
            </MenuList>
          </MenuContent>
        </Menu>
      )}
    </div>
  );
}

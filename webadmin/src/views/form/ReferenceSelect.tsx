import {
  Button,
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
  TextInputGroup,
  TextInputGroupMain,
  TextInputGroupUtilities,
  type MenuToggleElement,
} from '@patternfly/react-core';
import { TimesIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { at, call, list, type Json } from '../../engine/api';

/** Collections below the root whose entities the engine can look for by name. */
const SEARCHED = new Set(['vms', 'hosts', 'templates', 'clusters', 'datacenters', 'storagedomains', 'networks', 'disks', 'users', 'groups', 'vmpools']);
const MOST = 200;

interface Props {
  id: string;
  /** path below the API; null: other values are needed first */
  collection: string | null;
  value: string;
  change: (value: string, one?: Json) => void;
  /** what the chosen one is called, as far as it is known */
  name?: string;
  required: boolean;
  invalid: boolean;
  /** what it takes by itself when there is no value: a guess is not to be one between many unless any of them will do */
  takes: 'none' | 'only' | 'first';
  label: string;
  keep?: (candidate: Json) => boolean;
  /** empties itself when the chosen one is not to be kept any more */
  drops?: boolean;
  describe?: (candidate: Json) => string;
  /** the member that is the value */
  by: string;
}

/** One entity of a collection, found by typing a part of its name. */
export function ReferenceSelect({ id, collection, value, change, name, required, invalid, takes, label, keep, drops, describe, by }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const plain = collection?.replace(/[?#].*/, '').replace(/^\//, '') ?? '';
  const searched = isSearched(collection);
  const text = typed?.replace(/["'*;\\]/g, '') ?? '';
  const { data, isPending, isPlaceholderData, error } = useCandidates(collection, text);
  const candidates = (data ?? []).filter((one) => (keep ? keep(one) : true));
  const offered = candidates.filter((one) => nameOf(one).toLowerCase().includes(text.toLowerCase()));
  const chosen = candidates.find((one) => String(one[by]) === value);
  const { data: missing } = useQuery({
    queryKey: ['candidate', plain, value],
    queryFn: ({ signal }) => list(`/${plain}?search=${encodeURIComponent(`id=${value}`)}`, signal),
    enabled: searched && by === 'id' && value !== '' && data !== undefined && !chosen && !name,
    retry: false,
  });

  useEffect(() => {
    // what is left while somebody types was not meant to be all
    if (takes === 'none' || value !== '' || text !== '' || isPlaceholderData) return;
    if (candidates.length === 1 || (takes === 'first' && candidates.length > 1)) change(String(candidates[0]![by]), candidates[0]);
  }, [takes, value, text, isPlaceholderData, candidates, change, by]);

  // what another value has ruled out since
  const ruledOut = !!drops && value !== '' && !chosen && !isPlaceholderData && !!data?.some((one) => String(one[by]) === value);
  useEffect(() => {
    if (ruledOut) change('');
  }, [ruledOut, change]);

  useEffect(() => {
    if (!open) return;
    // before the dialog around it hears of it, wherever the focus is
    const escape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      setTyped(null);
    };
    addEventListener('keydown', escape, true);
    return () => removeEventListener('keydown', escape, true);
  }, [open]);

  const choose = (one: Json | undefined) => {
    setOpen(false);
    setTyped(null);
    if (one) change(String(one[by]), one);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const count = Math.max(1, offered.length);
      setActive((now) => (open ? (now + (event.key === 'ArrowDown' ? 1 : -1) + count) % count : 0));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(offered[active]);
    } else if (event.key === 'Tab') setOpen(false);
  };
  const shown = typed ?? (chosen ? nameOf(chosen) : (name ?? (missing?.[0] ? nameOf(missing[0]) : value)));
  // what is typed takes the place of the name that is shown, also when that one comes late
  useLayoutEffect(() => {
    if (typed === null && document.activeElement === input.current) input.current?.select();
  }, [typed, shown]);
  const option = (index: number) => `${id}-option-${index}`;
  return (
    <Select
      id={`${id}-list`}
      isOpen={open}
      selected={value}
      onSelect={(_, picked) => choose(candidates.find((one) => one[by] === picked))}
      onOpenChange={(isOpen) => !isOpen && setOpen(false)}
      variant="typeahead"
      shouldFocusFirstItemOnOpen={false}
      isScrollable
      maxMenuHeight="16rem"
      toggle={(ref: Ref<MenuToggleElement>) => (
        <MenuToggle
          ref={ref}
          variant="typeahead"
          isFullWidth
          isExpanded={open}
          isDisabled={collection === null}
          status={invalid ? 'danger' : undefined}
          onClick={() => setOpen(!open)}
          aria-label={t('{{label}}: show choices', { label })}
        >
          <TextInputGroup isPlain>
            <TextInputGroupMain
              value={shown}
              inputId={id}
              innerRef={input}
              onFocus={() => input.current?.select()}
              onClick={() => {
                if (typed === null) input.current?.select();
                setOpen(true);
              }}
              onChange={(_, changed) => {
                setTyped(changed);
                setActive(0);
                setOpen(true);
              }}
              onKeyDown={keyDown}
              onBlur={() => setTyped(null)}
              role="combobox"
              isExpanded={open}
              aria-controls={`${id}-list`}
              aria-label={label}
              inputProps={{ autoComplete: 'off', 'aria-required': required, 'aria-invalid': invalid }}
              {...(open && offered[active] ? { 'aria-activedescendant': option(active) } : {})}
            />
            {!required && value !== '' && (
              <TextInputGroupUtilities>
                <Button variant="plain" icon={<TimesIcon />} onClick={() => change('')} aria-label={t('{{label}}: clear', { label })} />
              </TextInputGroupUtilities>
            )}
          </TextInputGroup>
        </MenuToggle>
      )}
    >
      {/* the input keeps the focus: what was typed must not go, and the list not change, between press and click */}
      <SelectList id={`${id}-list`} aria-label={label} onMouseDown={(event) => event.preventDefault()}>
        {offered.slice(0, MOST).map((one, index) => (
          <SelectOption
            key={one.id}
            id={option(index)}
            value={one[by]}
            isFocused={index === active}
            isSelected={String(one[by]) === value}
            description={(describe ? describe(one) : one.description) || undefined}
          >
            {nameOf(one)}
          </SelectOption>
        ))}
        {offered.length === 0 && (
          <SelectOption isDisabled value="">
            {error ? error.message : isPending ? t('Loading') : t('Nothing is like this')}
          </SelectOption>
        )}
      </SelectList>
    </Select>
  );
}

export function useCandidates(collection: string | null, typed: string, enabled = true) {
  const text = isSearched(collection) ? typed : '';
  return useQuery<Json[]>({
    queryKey: ['candidates', collection, text],
    queryFn: ({ signal }) => candidatesOf(collection!, text, signal),
    enabled: enabled && collection !== null,
    staleTime: 15_000,
    retry: false,
    placeholderData: (before) => before,
  });
}

function isSearched(collection: string | null): boolean {
  return SEARCHED.has(collection?.replace(/^\//, '') ?? '');
}

/** `clusterlevels/4.8#cpu_types.cpu_type`: the list at that member of one entity. */
async function candidatesOf(collection: string, text: string, signal: AbortSignal): Promise<Json[]> {
  const [path = '', member] = collection.split('#');
  if (member) return (at(await call(path.startsWith('/') ? path : `/${path}`, { signal }), member) as Json[] | undefined) ?? [];
  return list(addressOf(path, text), signal);
}

function addressOf(collection: string, text: string): string {
  const path = collection.startsWith('/') ? collection : `/${collection}`;
  if (!SEARCHED.has(path.slice(1))) return path;
  const query = new URLSearchParams({ max: String(MOST) });
  // disks are called by their aliases
  if (text) query.set('search', `${path === '/disks' ? 'alias' : path === '/users' ? 'usrname' : 'name'}=*${text}*`);
  return `${path}?${query}`;
}

function nameOf(entity: Json): string {
  return String(entity.user_name ?? entity.name ?? entity.alias ?? entity.id ?? '');
}

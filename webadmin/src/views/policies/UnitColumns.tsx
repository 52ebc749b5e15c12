import { Button, Divider, Menu, MenuContent, MenuGroup, MenuItem, MenuList, Tooltip } from '@patternfly/react-core';
import { EllipsisVIcon, MinusIcon, PlusIcon } from '@patternfly/react-icons';
import { useEffect, useLayoutEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { add, drop, factor, FIRST, isUsed, LAST, payload, place, remove, usedFilters, type Kind, type Policy, type Unit } from './model';

interface Props {
  kind: Kind;
  policy: Policy;
  units: readonly Unit[];
  change: (policy: Policy) => void;
}

const HEADS: Record<Kind, readonly [string, string]> = {
  Filter: ['Enabled Filters', 'Disabled Filters'],
  Function: ['Enabled Weights & Factors', 'Disabled Weights'],
};

/** The units that a policy has beside those that it could have; each is moved by dragging, by keys, or by its menu. */
export function UnitColumns({ kind, policy, units, change }: Props) {
  const { t } = useTranslation();
  const [said, say] = useState('');
  const type = kind === 'Filter' ? 'filter' : 'weight';
  const used = kind === 'Filter' ? usedFilters(policy, units) : units.filter((unit) => unit.type === type && isUsed(policy, unit));
  const unused = units.filter((unit) => unit.type === type && !isUsed(policy, unit));
  const moved = (unit: Unit, after: Policy, text: string) => {
    if (after === policy) return;
    change(after);
    say(t(text, { name: unit.name }));
  };
  const column = (list: readonly Unit[], enabled: boolean) => (
    <UnitList
      label={t(HEADS[kind][enabled ? 0 : 1])}
      units={list}
      kind={kind}
      policy={policy}
      enabled={enabled}
      dropped={(dragged) => change(drop(policy, dragged, kind, enabled, units))}
      add={(unit) => moved(unit, add(policy, unit), '{{name}} is enabled')}
      remove={(unit) => moved(unit, remove(policy, unit, units), '{{name}} is disabled')}
      place={(unit, position) => moved(unit, place(policy, unit, position), position === FIRST ? '{{name}} is first' : position === LAST ? '{{name}} is last' : '{{name}} has no position')}
      factor={(unit, by) => change(factor(policy, unit, by))}
    />
  );
  return (
    <div className="ov-policy__columns">
      {column(used, true)}
      {column(unused, false)}
      <span className="pf-v6-screen-reader" aria-live="polite">
        {said}
      </span>
    </div>
  );
}

interface ListProps {
  label: string;
  units: readonly Unit[];
  kind: Kind;
  policy: Policy;
  enabled: boolean;
  dropped: (payload: string) => void;
  add: (unit: Unit) => void;
  remove: (unit: Unit) => void;
  place: (unit: Unit, position: number) => void;
  factor: (unit: Unit, by: number) => void;
}

function UnitList({ label, units, kind, policy, enabled, dropped, ...moves }: ListProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const focus = useRef(false);
  const at = Math.min(current, Math.max(0, units.length - 1));
  useEffect(() => {
    if (focus.current) list.current?.querySelectorAll<HTMLElement>(':scope > li')[at]?.focus();
    focus.current = false;
  });
  const allowed = (event: DragEvent) => !policy.locked && event.dataTransfer.types.includes(mime(kind, !enabled));
  return (
    <div>
      <h3 id={`${kind}-${enabled}`}>{label}</h3>
      <ul
        ref={list}
        aria-labelledby={`${kind}-${enabled}`}
        className={`ov-policy__list ${over ? 'ov-policy__list--over' : ''}`}
        data-column={`${kind}-${enabled ? 'enabled' : 'disabled'}`}
        onDragOver={(event) => {
          if (!allowed(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          dropped(event.dataTransfer.getData('text/plain'));
        }}
      >
        {units.length === 0 && <li className="ov-policy__none">{t('None')}</li>}
        {units.map((unit, index) => (
          <UnitItem
            key={unit.id}
            unit={unit}
            kind={kind}
            policy={policy}
            enabled={enabled}
            tabbable={index === at}
            focused={() => setCurrent(index)}
            step={(by) => {
              focus.current = true;
              setCurrent(Math.max(0, Math.min(units.length - 1, index + by)));
            }}
            keepFocus={() => (focus.current = true)}
            {...moves}
          />
        ))}
      </ul>
    </div>
  );
}

/** So that a column can tell, while something hovers over it, whether it may be dropped there. */
function mime(kind: Kind, used: boolean): string {
  return `application/x-overt-${kind.toLowerCase()}-${used}`;
}

interface ItemProps extends Pick<ListProps, 'kind' | 'policy' | 'enabled' | 'add' | 'remove' | 'place' | 'factor'> {
  unit: Unit;
  tabbable: boolean;
  focused: () => void;
  step: (by: number) => void;
  keepFocus: () => void;
}

function UnitItem({ unit, kind, policy, enabled, tabbable, focused, step, keepFocus, ...moves }: ItemProps) {
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  // a disabled unit that is not used cannot be added; one that is used can be removed
  const movable = !policy.locked && (enabled || unit.enabled);
  const position = policy.filters[unit.id] ?? 0;
  const move = () => {
    if (!movable) return;
    keepFocus();
    if (enabled) moves.remove(unit);
    else moves.add(unit);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.target !== item.current) return;
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === (enabled ? 'ArrowRight' : 'ArrowLeft')) move();
    else if (enabled && kind === 'Function' && (event.key === '+' || event.key === '-')) moves.factor(unit, event.key === '+' ? 1 : -1);
    else if ((event.key === 'Enter' || event.key === ' ' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && movable) setMenu(true);
    else return;
    event.preventDefault();
  };
  return (
    <li
      ref={item}
      tabIndex={tabbable ? 0 : -1}
      className={`ov-policy__unit ${unit.enabled ? '' : 'ov-policy__unit--disabled'}`}
      draggable={movable}
      data-unit={unit.id}
      onFocus={focused}
      onKeyDown={keyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        if (movable) setMenu(true);
      }}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', payload(unit, enabled));
        event.dataTransfer.setData(mime(kind, enabled), '');
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      {kind === 'Filter' && enabled && <span className="ov-policy__place">{position === FIRST ? t('First') : position === LAST ? t('Last') : ''}</span>}
      {kind === 'Function' && enabled && (
        <span className="ov-policy__factor">
          <Button variant="plain" size="sm" icon={<MinusIcon />} isDisabled={policy.locked || policy.weights[unit.id]! <= 1} onClick={() => moves.factor(unit, -1)} aria-label={t('{{name}}: lower factor', { name: unit.name })} />
          <output aria-label={t('{{name}}: factor', { name: unit.name })}>{policy.weights[unit.id]}</output>
          <Button variant="plain" size="sm" icon={<PlusIcon />} isDisabled={policy.locked} onClick={() => moves.factor(unit, 1)} aria-label={t('{{name}}: higher factor', { name: unit.name })} />
        </span>
      )}
      <UnitName unit={unit} />
      {movable && (
        <Button variant="plain" size="sm" icon={<EllipsisVIcon />} tabIndex={-1} onClick={() => setMenu(!menu)} aria-expanded={menu} aria-label={t('{{name}}: menu', { name: unit.name })} />
      )}
      {menu && item.current && (
        <UnitMenu {...{ unit, kind, enabled, position, ...moves }} of={item.current} move={move} close={() => (setMenu(false), item.current?.focus())} />
      )}
    </li>
  );
}

interface MenuProps {
  unit: Unit;
  kind: Kind;
  enabled: boolean;
  position: number;
  place: (unit: Unit, position: number) => void;
  /** the item that it belongs to */
  of: HTMLElement;
  move: () => void;
  close: () => void;
}

const PLACES = [
  [0, 'No Position'],
  [FIRST, 'First'],
  [LAST, 'Last'],
] as const;

function UnitMenu({ unit, kind, enabled, position, place: put, of, move, close }: MenuProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const outside = (event: PointerEvent) => !box.current?.contains(event.target as Node) && close();
    addEventListener('pointerdown', outside, true);
    return () => removeEventListener('pointerdown', outside, true);
    // the menu is made anew each time it opens
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  // inside of the dialog, which holds the focus, but over its lists, which scroll
  const dialog = of.closest<HTMLElement>('.ov-policy')!;
  useLayoutEffect(() => {
    const menu = box.current!;
    const frame = dialog.getBoundingClientRect();
    const line = of.getBoundingClientRect();
    const size = menu.getBoundingClientRect();
    const below = line.bottom + size.height < frame.bottom;
    menu.style.insetBlockStart = `${(below ? line.bottom : line.top - size.height) - frame.top}px`;
    menu.style.insetInlineStart = `${line.right - size.width - frame.left}px`;
  }, [dialog, of]);
  const done = (act: () => void) => () => {
    close();
    act();
  };
  return createPortal(
    <div
      ref={box}
      className="ov-policy__menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== 'Tab') return;
        event.preventDefault();
        event.stopPropagation();
        event.nativeEvent.stopImmediatePropagation();
        close();
      }}
    >
      <Menu aria-label={t('Action Items')}>
        <MenuContent>
          <MenuList>
            <MenuItem onClick={done(move)} data-move={enabled ? 'remove' : 'add'}>
              {t(`${enabled ? 'Remove' : 'Add'} ${kind}`)}
            </MenuItem>
          </MenuList>
          {kind === 'Filter' && enabled && (
            <>
              <Divider />
              <MenuGroup label={t('Position')} labelHeadingLevel="h4">
                <MenuList>
                  {PLACES.filter(([at]) => at !== position).map(([at, label]) => (
                    <MenuItem key={at} onClick={done(() => put(unit, at))} data-move={label}>
                      {t(label)}
                    </MenuItem>
                  ))}
                </MenuList>
              </MenuGroup>
            </>
          )}
        </MenuContent>
      </Menu>
    </div>,
    dialog,
  );
}

export function UnitName({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const name = (
    <span className="ov-policy__name">
      {unit.external && <b>(EXT) </b>}
      {unit.name}
      {!unit.enabled && <b> ({t('Disabled')})</b>}
    </span>
  );
  return unit.description ? <Tooltip content={unit.description}>{name}</Tooltip> : name;
}

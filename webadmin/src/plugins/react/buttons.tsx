import { Button, DropdownItem, ToolbarItem } from '@patternfly/react-core';
import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from 'react';
import type { ButtonState } from '../buttonStates';
import { entityObject, type EntityObject } from '../entityObjects';
import { usePluginHost, useRegistry } from './context';

type Row = Readonly<Record<string, unknown>>;

export interface ButtonsOf {
  /** `VirtualMachine` */
  entity: string;
  /** detail id as in oVirt's table, `VirtualMachineSnapshot`; null: the list, and the head of the detail page */
  detail?: string | null;
  /** the kind of the selected rows, when it is not `entity`: in detail tabs */
  selectedType?: string;
  /** the selected entities as the API's JSON, or rows with `ENTITY_FIELDS` */
  selection: readonly Row[];
  /** the entity whose detail page is open */
  parent?: Row | null;
}

export interface PluginButton {
  key: string;
  label: string;
  /** for the element; undefined: none */
  id: string | undefined;
  enabled: boolean;
  /** position in the toolbar; null: last */
  index: number | null;
  moreMenu: boolean;
  press: () => void;
}

export interface PluginButtonSet {
  /** of the toolbar, `moreMenu` ones included: those belong into its overflow menu */
  toolbar: readonly PluginButton[];
  /** of the rows' context menus and kebabs */
  context: readonly PluginButton[];
  /** of a toolbar without context menus: those of them come as `moreMenu` */
  page: readonly PluginButton[];
}

const NO_ROWS: readonly Row[] = [];

/** As often as oVirt's lists ask again: plugins may have changed their mind without anything happening in the page. */
const ASK_AGAIN_MS = 5_000;

/** The buttons of plugins for a list or a detail tab, as they are for the selection. */
export function usePluginButtons({ entity, detail = null, selectedType, selection, parent = null }: ButtonsOf): PluginButtonSet {
  const host = usePluginHost();
  const buttons = useRegistry(host.buttons);
  const [version, askAgain] = useReducer((count: number) => count + 1, 0);
  const [states, setStates] = useState<readonly ButtonState[]>([]);
  const selected = useObjects(selectedType ?? entity, selection);
  const above = useObjects(entity, useMemo(() => (parent === null ? [] : [parent]), [parent]))[0] ?? NOTHING;

  useEffect(() => {
    const timer = setInterval(askAgain, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);

  // not while drawing: plugins answer with code of their own, which may change what is drawn
  useLayoutEffect(() => {
    const asked = host.buttonStates(entity, detail, selected, above, version);
    setStates((known) => (same(known, asked) ? known : asked));
  }, [host, buttons, entity, detail, selected, above, version]);

  return useMemo(() => {
    const shown = states.filter((state) => state.visible);
    const draw = ({ button, enabled }: ButtonState): PluginButton => ({
      key: button.key,
      label: button.label,
      id: button.id ?? undefined,
      enabled,
      index: button.index,
      moreMenu: button.moreMenu,
      press: () => {
        host.press(button, selected, above);
        askAgain();
      },
    });
    return {
      page: shown.map((state) => (state.button.location === 'OnlyFromContext' ? { ...draw(state), moreMenu: true } : draw(state))),
      toolbar: shown.filter(({ button }) => button.location !== 'OnlyFromContext').map(draw),
      context: shown.filter(({ button }) => button.location !== 'OnlyFromToolBar').map(draw),
    };
  }, [host, states, selected, above]);
}

/** Tells plugins what is selected in a list, or the entity of a detail page; null: that is not known yet. */
export function usePluginSelection(entity: string, selection: readonly Row[] | null): void {
  const host = usePluginHost();
  const known = selection !== null;
  const selected = useObjects(entity, selection ?? NO_ROWS);
  useEffect(() => {
    if (known) host.select(entity, selected);
  }, [host, entity, known, selected]);
  useEffect(() => () => host.leave(entity), [host, entity]);
}

/** Tells plugins what is selected in a detail tab; `type` is the kind of what it lists. */
export function usePluginDetailSelection(type: string, selection: readonly Row[]): void {
  const host = usePluginHost();
  const selected = useObjects(type, selection);
  useEffect(() => host.selectDetail(selected), [host, selected]);
}

/** A plugin's button in a toolbar. */
export function PluginToolbarButton({ button }: { button: PluginButton }) {
  return (
    <ToolbarItem>
      <Button id={button.id} variant="secondary" isDisabled={!button.enabled} onClick={button.press}>
        {button.label}
      </Button>
    </ToolbarItem>
  );
}

/** A plugin's button in an overflow menu, a context menu or a kebab: a child of a `DropdownList`. */
export function PluginMenuItem({ button, onPressed }: { button: PluginButton; onPressed?: () => void }) {
  return (
    <DropdownItem
      id={button.id}
      isDisabled={!button.enabled}
      onClick={() => {
        button.press();
        onPressed?.();
      }}
    >
      {button.label}
    </DropdownItem>
  );
}

const NOTHING: EntityObject = { id: '' };

/** The rows as plugins see them; the same array for as long as that is the same, however often the rows are made anew. */
function useObjects(type: string, rows: readonly Row[]): readonly EntityObject[] {
  const text = useMemo(() => JSON.stringify(rows.map((row) => entityObject(type, row))), [type, rows]);
  return useMemo(() => JSON.parse(text) as EntityObject[], [text]);
}

const same = (a: readonly ButtonState[], b: readonly ButtonState[]): boolean =>
  a.length === b.length && a.every((state, i) => state === b[i] || equal(state, b[i]!));

const equal = (a: ButtonState, b: ButtonState): boolean =>
  a.button === b.button && a.enabled === b.enabled && a.visible === b.visible;

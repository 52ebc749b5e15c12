import {
  Button,
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
  Tooltip,
} from '@patternfly/react-core';
import { EllipsisVIcon, ColumnsIcon } from '@patternfly/react-icons';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../engine/api';
import type { Action, EntityType } from '../entities/entity';
import { insert, PluginMenuItem, PluginToolbarButton, type PluginButton } from '../plugins';
import { actionsOf, refusal, useActions } from './useActions';

const IN_THE_BAR = 6;
/** On a phone the others would push the menus out of sight. */
const IN_A_NARROW_BAR = 2;
const narrow = matchMedia('(max-width: 48rem)');

function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}

interface ToolbarProps {
  type: EntityType;
  chosen: readonly Json[];
  /** of plugins */
  foreign: readonly PluginButton[];
  total: number;
  hidden: readonly string[];
  onHidden: (hidden: string[]) => void;
}

/** What can be done with the chosen, how many there are, and which columns are shown. */
export function ListToolbar({ type, chosen, foreign, total, hidden, onHidden }: ToolbarProps) {
  const { t } = useTranslation();
  return (
    <Toolbar className="overt-toolbar" aria-label={t('Actions')} inset={{ default: 'insetNone' }}>
      <ToolbarContent>
        <ActionButtons type={type} actions={actionsOf(type)} chosen={chosen} foreign={foreign} />
        <ToolbarGroup align={{ default: 'alignEnd' }}>
          <ToolbarItem aria-live="polite" alignSelf="center">
            {chosen.length > 0 ? t('{{chosen}} of {{total}} chosen', { chosen: chosen.length, total }) : t('{{count}} items', { count: total })}
          </ToolbarItem>
          <ToolbarItem>
            <ColumnChoice type={type} hidden={hidden} onHidden={onHidden} />
          </ToolbarItem>
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  );
}

interface ButtonsProps {
  type: EntityType;
  actions: readonly Action[];
  chosen: readonly Json[];
  /** of plugins, which stand where they ask to */
  foreign?: readonly PluginButton[];
}

/** Buttons for the first actions, a menu for the rest. What cannot be done now says why. */
export function ActionButtons({ type, actions, chosen, foreign = [] }: ButtonsProps) {
  const { t } = useTranslation();
  const start = useActions();
  const [open, setOpen] = useState(false);
  const isNarrow = useNarrow();
  const direct = actions.filter((action) => !action.more).slice(0, isNarrow ? IN_A_NARROW_BAR : IN_THE_BAR);
  const rest = actions.filter((action) => !direct.includes(action));
  const hidden = foreign.filter((button) => isNarrow || button.moreMenu);
  const all = insert(
    direct,
    foreign.filter((button) => !hidden.includes(button)),
    (button) => button.index,
  );
  return (
    <ToolbarGroup variant="action-group">
      {all.map((action, index) => {
        if ('press' in action) return <PluginToolbarButton key={action.key} button={action} />;
        const why = refusal(action, chosen);
        const button = (
          <Button
            variant={index === 0 && action.takes === 'none' ? 'primary' : 'secondary'}
            isDanger={action.danger}
            isAriaDisabled={why !== null}
            data-action={action.id}
            onClick={() => why === null && start(type, action, chosen)}
          >
            {t(action.label)}
          </Button>
        );
        return <ToolbarItem key={action.id}>{why ? <Tooltip content={t(why)}>{button}</Tooltip> : button}</ToolbarItem>;
      })}
      {rest.length + hidden.length > 0 && (
        <ToolbarItem>
          <Dropdown
            isOpen={open}
            onOpenChange={setOpen}
            onSelect={() => setOpen(false)}
            popperProps={{ position: 'end' }}
            toggle={(ref) => (
              <MenuToggle ref={ref} variant="plain" isExpanded={open} onClick={() => setOpen(!open)} aria-label={t('More actions')} data-action="more">
                <EllipsisVIcon />
              </MenuToggle>
            )}
          >
            <DropdownList>
              <ActionItems type={type} actions={rest} chosen={chosen} />
              {hidden.map((button) => (
                <PluginMenuItem key={button.key} button={button} />
              ))}
            </DropdownList>
          </Dropdown>
        </ToolbarItem>
      )}
    </ToolbarGroup>
  );
}

export function ActionItems({ type, actions, chosen }: { type: EntityType; actions: readonly Action[]; chosen: readonly Json[] }) {
  const { t } = useTranslation();
  const start = useActions();
  return actions.map((action) => {
    const why = refusal(action, chosen);
    return (
      <DropdownItem
        key={action.id}
        isDanger={action.danger}
        isAriaDisabled={why !== null}
        description={why ? t(why) : undefined}
        data-action={action.id}
        onClick={() => why === null && start(type, action, chosen)}
      >
        {t(action.label)}
      </DropdownItem>
    );
  });
}

function ColumnChoice({ type, hidden, onHidden }: { type: EntityType; hidden: readonly string[]; onHidden: (hidden: string[]) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      popperProps={{ position: 'end' }}
      isScrollable
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plain" isExpanded={open} onClick={() => setOpen(!open)} aria-label={t('Columns')}>
          <ColumnsIcon />
        </MenuToggle>
      )}
    >
      <DropdownList>
        {type.columns.map((column) => {
          const shown = !hidden.includes(column.id);
          return (
            <DropdownItem
              key={column.id}
              hasCheckbox
              isSelected={shown}
              isDisabled={column.id === 'name'}
              onClick={() => onHidden(shown ? [...hidden, column.id] : hidden.filter((id) => id !== column.id))}
            >
              {t(column.label)}
            </DropdownItem>
          );
        })}
      </DropdownList>
    </Dropdown>
  );
}

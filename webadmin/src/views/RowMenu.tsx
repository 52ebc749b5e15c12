import { Menu, MenuContent, MenuList } from '@patternfly/react-core';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../engine/api';
import type { EntityType } from '../entities/entity';
import { PluginMenuItem, type PluginButton } from '../plugins';
import { ActionItems } from './ListToolbar';
import { actionsOf } from './useActions';

export interface MenuAt {
  x: number;
  y: number;
}

interface Props {
  type: EntityType;
  chosen: readonly Json[];
  /** of plugins */
  foreign: readonly PluginButton[];
  at: MenuAt;
  onClose: () => void;
}

/** The menu of the chosen rows, where the pointer or the keyboard asked for it. */
export function RowMenu({ type, chosen, foreign, at, onClose }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = box.current!;
    const size = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(0, Math.min(at.x, innerWidth - size.width - 8))}px`;
    menu.style.top = `${Math.max(0, Math.min(at.y, innerHeight - size.height - 8))}px`;
    menu.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true });
  }, [at]);
  useEffect(() => {
    const outside = (event: Event) => !box.current?.contains(event.target as Node) && onClose();
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    addEventListener('pointerdown', outside, true);
    addEventListener('keydown', escape, true);
    addEventListener('wheel', outside, true);
    return () => {
      removeEventListener('pointerdown', outside, true);
      removeEventListener('keydown', escape, true);
      removeEventListener('wheel', outside, true);
    };
  }, [onClose]);
  return (
    <div ref={box} className="overt-menu" style={{ left: at.x, top: at.y, maxHeight: '80vh', overflow: 'auto' }}>
      <Menu onSelect={onClose} containsFlyout={false}>
        <MenuContent>
          <MenuList aria-label={t('Actions')}>
            <ActionItems type={type} actions={actionsOf(type)} chosen={chosen} />
            {foreign.map((button) => (
              <PluginMenuItem key={button.key} button={button} />
            ))}
          </MenuList>
        </MenuContent>
      </Menu>
    </div>
  );
}

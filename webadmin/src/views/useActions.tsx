import { useQueryClient } from '@tanstack/react-query';
import { createContext, Suspense, useCallback, useContext, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../engine/api';
import type { Action, EntityType } from '../entities/entity';
import { ahead, later } from './later';
import { tellFault } from './notices';

const Confirmation = later(() => import('./Confirmation'));
const ActionDialog = later(() => import('./form/ActionDialog'));
const running = ahead(() => import('./run'));

interface Asked {
  type: EntityType;
  action: Action;
  chosen: readonly Json[];
}

type Start = (type: EntityType, action: Action, chosen: readonly Json[]) => void;

const Actions = createContext<Start>(() => {});

/** Starts an action: at once, after a question, or through its dialog. */
export function useActions(): Start {
  return useContext(Actions);
}

const NEW: Action = { id: 'new', label: 'New', takes: 'none', open: later(() => import('./form/NewDialog')) };
const EDIT: Action = { id: 'edit', label: 'Edit', takes: 'one', open: later(() => import('./form/EditDialog')) };

/** All that can be done with a kind: New and Edit where it has a form, and its own actions. */
export function actionsOf(type: EntityType): readonly Action[] {
  if (!type.form) return type.actions;
  const edit = type.form.refused ? { ...EDIT, refused: type.form.refused } : EDIT;
  const ways = { new: [NEW], edit: [edit], both: [NEW, edit] }[type.form.only ?? 'both'];
  return [...ways, ...type.actions];
}

/** Why an action cannot be done with the chosen, or null when it can. */
export function refusal(action: Action, chosen: readonly Json[]): string | null {
  const takes = action.takes ?? 'some';
  if (takes === 'none') return action.refused?.(chosen) ?? null;
  if (chosen.length === 0) return 'Nothing is chosen';
  if (takes === 'one' && chosen.length > 1) return 'Takes one at a time';
  return action.refused?.(chosen) ?? null;
}

/** Holds the dialog of the action that is being asked about, whichever list or page it came from. */
export function ActionHost({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = useCallback<Start>(
    (type, action, chosen) =>
      void running().then(
        ({ run }) => run(client, t, type, action, chosen),
        (failure) => tellFault(t(action.label), failure),
      ),
    [client, t],
  );
  const start = useCallback<Start>(
    (type, action, chosen) => {
      if (action.open || action.form || action.confirm) setAsked({ type, action, chosen });
      else run(type, action, chosen);
    },
    [run],
  );
  const close = () => setAsked(null);
  const Own = asked?.action.open;
  return (
    <Actions.Provider value={start}>
      {children}
      <Suspense>
        {asked && Own && <Own type={asked.type} chosen={asked.chosen} close={close} />}
        {asked && !Own && asked.action.form && <ActionDialog {...asked} close={close} />}
        {asked && !Own && !asked.action.form && asked.action.confirm && (
          <Confirmation
            {...asked}
            close={close}
            confirmed={() => {
              close();
              run(asked.type, asked.action, asked.chosen);
            }}
          />
        )}
      </Suspense>
    </Actions.Provider>
  );
}

import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../engine/api';
import { rows, type RowsRequest } from '../engine/rows';
import type { EntityType } from '../entities/entity';
import { tellFault } from './notices';
import { selection, useSelection } from './selection';
import type { Window } from './useRows';

/** So many that no list has more. */
const MOST = 1_000_000;
/** Between two looks at a whole list of which something has changed. */
const REST_MILLIS = 2000;

export type Keys = { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean };

/**
 * What is chosen in a list: always of what the list has, as the engine said it last.
 *
 * @param request what is listed, with the fields that are needed of rows that are chosen without being on the screen
 */
export function useChoice({ token }: EntityType, request: Omit<RowsRequest, 'from' | 'max'>, conditions: string, found: Window) {
  const { t } = useTranslation();
  const chosen = useSelection(token);
  const ids = useMemo(() => new Set(chosen.map((row) => row.id as string)), [chosen]);
  const left = useRef(new AbortController());
  useEffect(() => {
    const leaving = (left.current = new AbortController());
    return () => leaving.abort();
  }, [token, conditions]);
  const everything = async () => {
    const { signal } = left.current;
    const answer = await rows({ ...request, from: 0, max: MOST }, signal);
    signal.throwIfAborted();
    return answer.rows;
  };

  const complete = !found.pending && found.error === null && found.rows.length === found.total;
  useEffect(() => selection.refresh(token, found.rows, complete));

  // of what is scrolled away only the whole list knows
  const loaded = new Set(found.rows.map((row) => row.id));
  const away = !complete && !found.pending && chosen.some((row) => !loaded.has(row.id));
  const [asked, setAsked] = useState(0);
  const busy = useRef(false);
  useEffect(() => {
    if (!away || busy.current || asked === found.version) return;
    busy.current = true;
    void everything()
      .then((all) => selection.refresh(token, all, true))
      .catch(() => {})
      .finally(() =>
        setTimeout(() => {
          busy.current = false;
          setAsked(found.version);
        }, REST_MILLIS),
      );
  });

  /** With all that the list has, at once when that is loaded. */
  const withAll = (work: (all: readonly Json[]) => void) => {
    const { signal } = left.current;
    if (complete) work(found.rows);
    else void everything().then(work, (failure: unknown) => signal.aborted || tellFault(t('Choose all'), failure));
  };
  return {
    chosen,
    ids,
    choose: (row: Json, keys: Keys, add: boolean) => {
      const alone = () => selection.choose(token, row, add || keys.ctrlKey || keys.metaKey);
      if (!keys.shiftKey || ids.size === 0) alone();
      else if (!selection.range(token, row, found.rows)) withAll((all) => selection.range(token, row, all) || alone());
    },
    chooseAll: () => withAll((all) => selection.set(token, all)),
  };
}

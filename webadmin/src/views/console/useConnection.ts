import { useCallback, useEffect, useRef, useState } from 'react';
import { ticketFor, type End, type Kind, type Ticket } from './ticket';

/** Seconds before each try; after the last the user has to ask again, or the machine has to change. */
const PAUSES = [0, 1, 2, 4, 8, 15, 15];

/** A connection that lasted so long was a good one: what follows its end is the first try again. */
const LASTED_MILLIS = 5000;

const RUNS = ['up', 'powering_up', 'powering_down', 'paused', 'reboot_in_progress', 'migrating', 'wait_for_launch', 'restoring_state'];

export interface Machine {
  id: string;
  status: string;
  /** where it runs; changes when it has moved */
  host: string;
  /** whether it has such a console, as far as is known */
  offered: boolean;
}

export interface Connection {
  runs: boolean;
  /** the user wants to see it, now or as soon as it can be seen */
  wanted: boolean;
  ticket: Ticket | null;
  /** why it is not seen, while it is wanted or after it was given up */
  failure: unknown;
  /** who is at the console, in the engine's words; null: nobody */
  busy: string | null;
  connect: (take?: boolean) => void;
  disconnect: () => void;
  opened: () => void;
  over: (end: End) => void;
}

/**
 * Keeps a machine's console connected while the user wants it: a machine that starts, moves or starts anew is waited
 * for, and each try has a ticket of its own.
 *
 * @param atOnce whether it is wanted from the beginning
 */
export function useConnection({ id, status, host, offered }: Machine, kind: Kind, atOnce: boolean): Connection {
  const [wanted, setWanted] = useState(atOnce);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const take = useRef(false);
  const since = useRef(0);
  const runs = RUNS.includes(status);

  useEffect(() => setTries(0), [status, host]);
  useEffect(() => {
    setTicket(null);
    setFailure(null);
    setBusy(null);
    setTries(0);
  }, [id, kind]);

  const idle = wanted && !ticket && runs && offered;
  useEffect(() => {
    if (!idle) return;
    const pause = PAUSES[tries];
    if (pause === undefined) {
      setWanted(false);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const taking = take.current;
      take.current = false;
      ticketFor(id, kind, taking, stop.signal).then(setTicket, (refused: unknown) => {
        if (stop.signal.aborted) return;
        setFailure(refused);
        setTries((before) => before + 1);
      });
    }, pause * 1000);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [idle, tries, id, kind]);

  return {
    runs,
    wanted,
    ticket,
    failure,
    busy,
    connect: useCallback((taking = false) => {
      take.current = taking;
      setFailure(null);
      setBusy(null);
      setTries(0);
      setWanted(true);
    }, []),
    disconnect: useCallback(() => {
      setWanted(false);
      setTicket(null);
      setFailure(null);
    }, []),
    opened: useCallback(() => {
      since.current = Date.now();
      setFailure(null);
    }, []),
    over: useCallback((end: End) => {
      const lasted = since.current > 0 && Date.now() - since.current > LASTED_MILLIS;
      since.current = 0;
      setTicket(null);
      if (end.busy) {
        setBusy(end.why);
        setWanted(false);
      } else {
        setFailure(end.why ? new Error(end.why) : null);
        setTries((before) => (lasted ? 1 : before + 1));
      }
    }, []),
  };
}

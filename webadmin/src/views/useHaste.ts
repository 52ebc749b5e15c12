import { startTransition, useEffect, useRef, useState } from 'react';

/** Rows by which a list moves between two pictures when nobody can read them. */
const LEAP = 6;
const REST_MILLIS = 80;

/**
 * Whether rows fly by faster than anybody reads: until the list has rested for a moment.
 *
 * @param first index of the first row that can be seen
 */
export function useHaste(first: number): boolean {
  const before = useRef(first);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [hasty, setHasty] = useState(false);
  const leapt = Math.abs(first - before.current) > LEAP;
  useEffect(() => {
    before.current = first;
    if (!leapt) return;
    setHasty(true);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => startTransition(() => setHasty(false)), REST_MILLIS);
  }, [first, leapt]);
  useEffect(() => () => clearTimeout(rest.current), []);
  return hasty || leapt;
}

import { useCallback, useState } from 'react';

/** A choice of the user that this browser remembers. */
export function usePreference<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `overt.${name}`;
  const [value, setValue] = useState<T>(() => read(key, initial));
  const set = useCallback(
    (changed: T) => {
      setValue(changed);
      localStorage.setItem(key, JSON.stringify(changed));
    },
    [key],
  );
  return [value, set];
}

function read<T>(key: string, initial: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}

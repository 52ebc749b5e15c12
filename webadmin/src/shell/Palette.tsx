import { Suspense, useEffect, useState } from 'react';
import { later } from '../views/later';

const PaletteDialog = later(() => import('./PaletteDialog'));

/** Ctrl-K: to any place, object or action, by typing a part of its name. */
export function Palette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const key = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen((now) => !now);
      }
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);
  return <Suspense>{open && <PaletteDialog close={() => setOpen(false)} />}</Suspense>;
}

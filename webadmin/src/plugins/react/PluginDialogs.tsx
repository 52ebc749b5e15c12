import { lazy, Suspense, useEffect } from 'react';
import { usePluginHost, useRegistry } from './context';
import { Surface } from './Surface';

const PluginDialog = lazy(() => import('./PluginDialog'));

/** All dialogs that plugins have open: once in the page, beside everything else. */
export function PluginDialogs() {
  const host = usePluginHost();
  const dialogs = useRegistry(host.dialogs);
  const open = dialogs.length > 0;
  // nothing behind a dialog hears keys; a trap for the focus would take it back from the iframe
  useEffect(() => {
    const page = document.querySelector('.overt-page');
    const before = document.activeElement;
    page?.toggleAttribute('inert', open);
    if (!open) return;
    return () => {
      page?.removeAttribute('inert');
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  return dialogs.map((dialog) => (
    <Surface plugin={dialog.plugin} key={dialog.key}>
      <Suspense>
        <PluginDialog dialog={dialog} />
      </Suspense>
    </Surface>
  ));
}

import { lazy, Suspense } from 'react';
import { usePluginHost, useRegistry } from './context';
import { Surface } from './Surface';

const PluginDialog = lazy(() => import('./PluginDialog'));

/** All dialogs that plugins have open: once in the page, beside everything else. */
export function PluginDialogs() {
  const host = usePluginHost();
  return useRegistry(host.dialogs).map((dialog) => (
    <Surface plugin={dialog.plugin} key={dialog.key}>
      <Suspense>
        <PluginDialog dialog={dialog} />
      </Suspense>
    </Surface>
  ));
}

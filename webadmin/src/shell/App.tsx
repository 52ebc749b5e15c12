import { Bullseye, Spinner } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { followChanges } from '../engine/live';
import { resume, session } from '../engine/session';
import { places } from '../places/places';
import { PluginDialogs, PluginHostProvider } from '../plugins';
import { ActionHost } from '../views/useActions';
import { startEvents } from './events';
import { hostPage, safeMode } from './hostPage';
import { Toasts } from './Notices';
import { Palette } from './Palette';
import { learnTags, pluginHost } from './pluginPage';
import { Shell } from './Shell';

const Login = lazy(() => import('./Login'));

/** Login first, then everything. */
export function App() {
  const { t } = useTranslation();
  const current = useSyncExternalStore(session.subscribe, session.get);
  const [asked, setAsked] = useState(false);
  const [was, setWas] = useState(false);
  useEffect(() => {
    void resume().finally(() => setAsked(true));
  }, []);
  const [ready, setReady] = useState(false);
  const token = current?.token;
  useEffect(() => {
    if (!token) return;
    setWas(true);
    void learnTags();
    // plugins of others find what they need of oVirt's page; those that come with Overt need nothing
    if (hostPage.pluginDefinitions.some(({ name }) => !name.startsWith('overt-'))) void import('../plugins/compatibility/styles');
    // some plugins ask that the first view waits for them; it does, for a while
    void pluginHost.start(hostPage.pluginDefinitions, { safeMode }).then(() => {
      const landing = pluginHost.landingPlace();
      if (places.get().token === '' && landing) places.replace(landing);
      setReady(true);
    });
    return () => {
      pluginHost.stop();
      setReady(false);
    };
  }, [token]);
  if (current)
    return (
      <PluginHostProvider value={pluginHost}>
        <ActionHost>
          <Live token={current.token} />
          <Shell ready={ready} />
          <Palette />
          <Toasts />
          <PluginDialogs />
        </ActionHost>
      </PluginHostProvider>
    );
  const loading = (
    <Bullseye>
      <Spinner aria-label={t('Loading')} />
    </Bullseye>
  );
  return asked ? (
    <Suspense fallback={loading}>
      <Login notice={was ? t('You are logged out.') : null} />
    </Suspense>
  ) : (
    loading
  );
}

/** Keeps what is shown in step with the engine while somebody is logged in. */
function Live({ token }: { token: string }) {
  const client = useQueryClient();
  useEffect(() => {
    const stops = [followChanges(client), startEvents()];
    return () => {
      stops.forEach((stop) => stop());
      client.clear();
    };
  }, [client, token]);
  return null;
}

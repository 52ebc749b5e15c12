import '@patternfly/react-core/dist/styles/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { chosenLocale, startTranslation } from './i18n';
import { App } from './shell/App';
import { askedLocale } from './shell/hostPage';
import { applyTheme } from './views/theme';

applyTheme();
const client = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, retry: false } } });
await startTranslation(chosenLocale(askedLocale));
createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);

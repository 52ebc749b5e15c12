import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** English texts are the keys. Other languages are loaded when they are wanted. */
export const languages = [
  ['en-US', 'English'],
  ['de-DE', 'Deutsch'],
] as const;

const SAVED = 'overt.locale';

/** The language that was asked for in the address, chosen before, or is the browser's. */
export function chosenLocale(asked: string | null): string {
  const wanted = [asked, localStorage.getItem(SAVED), ...navigator.languages];
  for (const locale of wanted) {
    const language = locale?.replace('_', '-').slice(0, 2);
    const known = languages.find(([code]) => code.slice(0, 2) === language);
    if (known) return known[0];
  }
  return 'en-US';
}

/** What keys do not say themselves. */
const ONE = { '{{count}} items_one': '{{count}} item' };

export async function startTranslation(locale: string): Promise<void> {
  const resources: Record<string, { translation: Record<string, string> }> = { en: { translation: ONE } };
  if (locale.startsWith('de')) resources.de = { translation: (await import('./de')).de };
  await i18next.use(initReactI18next).init({
    lng: locale.slice(0, 2),
    fallbackLng: 'en',
    resources,
    keySeparator: false,
    nsSeparator: false,
    returnEmptyString: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = locale.slice(0, 2);
}

export function chooseLocale(locale: string): void {
  localStorage.setItem(SAVED, locale);
  location.reload();
}

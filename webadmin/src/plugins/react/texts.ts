/** The adapters' own texts; the page's language decides. */
const GERMAN: Readonly<Record<string, string>> = {
  Extensions: 'Erweiterungen',
  'No plugin is installed.': 'Es ist keine Erweiterung installiert.',
  Plugin: 'Erweiterung',
  State: 'Zustand',
  Calls: 'Aufrufe',
  Longest: 'Längster',
  'Page waits for it': 'Seite wartet darauf',
  yes: 'ja',
  no: 'nein',
  'Load again': 'Neu laden',
  Disable: 'Abschalten',
  'disabled by configuration': 'durch Konfiguration abgeschaltet',
  'disabled in this browser': 'in diesem Browser abgeschaltet',
  Log: 'Protokoll',
  Function: 'Funktion',
  Errors: 'Fehler',
  'Total time': 'Gesamtzeit',
  'Nothing has been logged.': 'Es wurde nichts protokolliert.',
  'Nothing has been called.': 'Es wurde nichts aufgerufen.',
  Details: 'Einzelheiten',
};

export const textIn =
  (locale: string) =>
  (text: string): string =>
    locale.startsWith('de') ? (GERMAN[text] ?? text) : text;

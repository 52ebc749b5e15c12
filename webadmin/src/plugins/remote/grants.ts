/** What functions of the API need a word of the administrator when a plugin of another origin calls them. */
const NEEDED: Readonly<Record<string, string>> = {
  ssoToken: 'ssoToken',
  showToast: 'notices',
  showAlert: 'notices',
  revealPlace: 'navigation',
  setSearchString: 'navigation',
  log: 'log',
  reportFatalError: 'log',
};

/** The grant that is missing for the call; null: it may be done. */
export function missingGrant(call: string, grants: readonly string[]): string | null {
  const needed = NEEDED[call];
  return needed === undefined || grants.includes(needed) ? null : needed;
}

import { definitionsOf, type Definition } from '../plugins';

/** What the engine put into the page: what it knows of this installation before anybody is logged in. */
interface HostPage {
  pluginDefinitions: readonly Definition[];
  displayUncaughtUIExceptions: boolean;
  engineRpmVersion: string;
}

function read(): HostPage {
  let data: Record<string, unknown> = {};
  try {
    data = JSON.parse(document.getElementById('host-page')?.textContent ?? '{}') as Record<string, unknown>;
  } catch {
    // a page without an engine: as it is while somebody works on it
  }
  // oVirt's page has these as globals, and plugins of old look at them
  Object.assign(window, {
    pluginDefinitions: data.pluginDefinitions,
    userInfo: data.userInfo,
    applicationMode: data.applicationMode,
    engineRpmVersion: data.engineRpmVersion,
    baseContextPath: data.baseContextPath,
  });
  return {
    pluginDefinitions: definitionsOf(data.pluginDefinitions),
    displayUncaughtUIExceptions: data.displayUncaughtUIExceptions === true,
    engineRpmVersion: String(data.engineRpmVersion ?? ''),
  };
}

export const hostPage = read();
export const safeMode = new URLSearchParams(location.search).has('safe-mode');
export const askedLocale = new URLSearchParams(location.search).get('locale');

import { always, information, type ApiFunctions } from '../core';
import type { LogLevel } from '../ports';

/** What plugins can learn of the user and the page, and say to whoever runs the engine. */
export const informationFunctions: ApiFunctions = {
  loginUserName: information((core) => core.ports.user()?.name),
  loginUserId: information((core) => core.ports.user()?.id),
  ssoToken: information((core) => core.ports.token()),
  engineBaseUrl: information((core) => core.ports.engineBaseUrl()),
  currentLocale: information((core) => core.ports.locale()),
  currentPlace: information((core) => core.ports.currentPlace()),
  rootTag: information((core) => structuredClone(core.ports.rootTag())),

  logger: always((core, plugin) => {
    const write = (level: LogLevel) => (message: unknown) => {
      core.note(plugin, level, String(message));
      if (core.allowed(plugin, 'log')) core.ports.log(plugin.name, level, String(message));
    };
    return { info: write('info'), warning: write('warning'), severe: write('severe') };
  }),

  reportFatalError: always((core, plugin, [message]) => {
    core.note(plugin, 'severe', String(message));
    if (core.allowed(plugin, 'log')) core.ports.fatalError(plugin.name, String(message));
  }),
};

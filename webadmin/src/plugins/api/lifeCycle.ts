import { always, type ApiFunctions } from '../core';
import { isObject } from '../definition';
import { messageOrigins } from '../options';

/** How a plugin announces itself. */
export const lifeCycle: ApiFunctions = {
  configObject: always((_core, plugin) => plugin.config),

  register: always((core, plugin, [handlers]) => {
    if (plugin.handlers !== null) core.note(plugin, 'warning', 'register was called again; the first handlers stay');
    else if (isObject(handlers)) plugin.handlers = handlers;
    else core.note(plugin, 'warning', 'register needs an object of event handlers');
  }),

  options: always((_core, plugin, [options]) => {
    plugin.allowedOrigins = messageOrigins(options);
  }),

  ready: always((core, plugin) => {
    if (plugin.state !== 'LOADING') core.note(plugin, 'info', `ready was called while ${plugin.state}, and ignored`);
    else if (plugin.handlers === null) core.note(plugin, 'warning', 'ready was called before register, and ignored');
    else core.ready(plugin);
  }),
};

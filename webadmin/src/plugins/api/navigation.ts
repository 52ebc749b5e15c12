import { page, type ApiFunctions } from '../core';
import { alertType, autoHideMs } from '../options';

/** Notices, and going elsewhere. */
export const navigationFunctions: ApiFunctions = {
  showAlert: page((core, plugin, [type, message, options]) =>
    core.later(plugin, () => {
      if (core.allowed(plugin, 'notice')) {
        core.ports.alert(alertType(type), String(message ?? ''), autoHideMs(options));
      }
    }),
  ),

  showToast: page((core, plugin, [type, message]) =>
    core.later(plugin, () => {
      if (core.allowed(plugin, 'notice')) core.ports.toast(alertType(type), String(message ?? ''));
    }),
  ),

  revealPlace: page((core, plugin, [token]) =>
    core.later(plugin, () => {
      if (typeof token === 'string' && core.allowed(plugin, 'navigation')) core.ports.navigate(token);
    }),
  ),

  setSearchString: page((core, plugin, [text]) =>
    core.later(plugin, () => {
      if (typeof text === 'string' && core.allowed(plugin, 'navigation')) core.ports.setSearch(text);
    }),
  ),
};

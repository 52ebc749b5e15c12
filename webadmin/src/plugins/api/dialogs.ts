import { page, type ApiFunctions } from '../core';
import { cssLength, dialogOptions } from '../options';

let count = 0;

/** Before the first release `showDialog` had no token: a number in the URL's place gives such a call away. */
function withToken(args: readonly unknown[]): readonly unknown[] {
  return typeof args[2] === 'number' ? [args[0], null, ...args.slice(1)] : args;
}

export const dialogFunctions: ApiFunctions = {
  showDialog: page((core, plugin, args) => {
    const [title, token, url, width, height, options] = withToken(args);
    if (!core.allowed(plugin, 'surface')) return;
    const named = typeof token === 'string' && token !== '' ? token : null;
    if (named !== null) core.surfaces.dialogs.remove((dialog) => dialog.token === named);
    core.surfaces.dialogs.add({
      plugin: plugin.name,
      key: `plugin-dialog-${++count}`,
      token: named,
      title: String(title ?? ''),
      url: core.resolve(plugin, url),
      revision: 0,
      width: cssLength(width, '600px'),
      height: cssLength(height, '400px'),
      sandbox: plugin.definition.contentSandbox,
      ...dialogOptions(options),
    });
  }),

  setDialogContentUrl: page((core, plugin, [token, url]) =>
    core.later(plugin, () => {
      core.surfaces.dialogs.change(
        (dialog) => dialog.token !== null && dialog.token === token,
        (dialog) => ({ ...dialog, url: core.resolve(plugin, url), revision: dialog.revision + 1 }),
      );
    }),
  ),

  closeDialog: page((core, plugin, [token]) =>
    core.later(plugin, () => core.surfaces.dialogs.remove((dialog) => dialog.token !== null && dialog.token === token)),
  ),
};

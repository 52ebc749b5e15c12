import { page, type ApiFunctions, type Core } from '../core';
import { isObject } from '../definition';
import { isDetail, isEntity } from '../entityTypes';
import { buttonOptions } from '../options';
import type { Plugin } from '../plugin';

let count = 0;

function add(core: Core, plugin: Plugin, entity: string, detail: string | null, label: unknown, source: unknown): void {
  if (!core.allowed(plugin, 'surface')) return;
  const object = isObject(source) ? source : {};
  core.surfaces.buttons.add({
    plugin: plugin.name,
    key: `plugin-button-${++count}`,
    entity,
    detail,
    label: String(label ?? ''),
    ...buttonOptions(object),
    source: object,
  });
}

const addMenuPlaceActionButton = page((core, plugin, [entity, label, source]) => {
  if (isEntity(entity)) add(core, plugin, entity, null, label, source);
  else core.note(plugin, 'info', `“${String(entity)}” is no entity; the button “${String(label)}” is left out`);
});

const addDetailPlaceActionButton = page((core, plugin, [entity, detail, label, source]) => {
  if (isEntity(entity) && isDetail(entity, detail)) add(core, plugin, entity, detail, label, source);
  else {
    const where = `“${String(entity)}” has no detail place “${String(detail)}”`;
    core.note(plugin, 'info', `${where}; the button “${String(label)}” is left out`);
  }
});

/** Buttons of lists and detail places. */
export const buttonFunctions: ApiFunctions = {
  addMainTabActionButton: addMenuPlaceActionButton,
  addMenuPlaceActionButton,
  addSubTabActionButton: addDetailPlaceActionButton,
  addDetailPlaceActionButton,
};

import { isObject } from './definition';
import type { AlertType } from './ports';
import type { ButtonLocation, PlaceOptions } from './surfaces';

/** Options are read by their type, as in oVirt: what is missing or of another type counts as the default. */
const boolean = (object: unknown, key: string, otherwise: boolean): boolean => {
  const value = member(object, key);
  return typeof value === 'boolean' ? value : otherwise;
};

const text = (object: unknown, key: string): string | null => {
  const value = member(object, key);
  return typeof value === 'string' ? value : null;
};

const number = (object: unknown, key: string): number | null => {
  const value = member(object, key);
  return typeof value === 'number' && !Number.isNaN(value) ? value : null;
};

/** Objects of plugins are of another realm and may have getters that throw. */
export function member(object: unknown, key: string): unknown {
  if ((typeof object !== 'object' && typeof object !== 'function') || object === null) return undefined;
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

export const placeOptions = (options: unknown): PlaceOptions => ({
  alignRight: boolean(options, 'alignRight', false),
  priority: number(options, 'priority'),
  searchPrefix: text(options, 'searchPrefix'),
  defaultPlace: boolean(options, 'defaultPlace', false),
  icon: text(options, 'icon'),
});

export const containerOptions = (options: unknown) => ({
  priority: number(options, 'priority'),
  icon: text(options, 'icon'),
});

const LOCATIONS: readonly string[] = ['OnlyFromContext', 'OnlyFromToolBar', 'ContextAndToolBar'];

export function buttonOptions(source: unknown) {
  const location = text(source, 'location');
  const index = number(source, 'index');
  return {
    location: (location !== null && LOCATIONS.includes(location) ? location : 'ContextAndToolBar') as ButtonLocation,
    index: index === null ? null : Math.max(0, index),
    moreMenu: boolean(source, 'moreMenu', false),
    id: text(source, 'id'),
  };
}

export function dialogOptions(options: unknown) {
  const buttons = member(options, 'buttons');
  return {
    buttons: (Array.isArray(buttons) ? (buttons as unknown[]) : [])
      .filter((button): button is Record<string, unknown> => isObject(button))
      .map((source) => ({ label: text(source, 'label') ?? '', source })),
    closeIconVisible: boolean(options, 'closeIconVisible', true),
    closeOnEscKey: boolean(options, 'closeOnEscKey', true),
    resizeEnabled: boolean(options, 'resizeEnabled', false),
  };
}

/** A text, or several; what is no text is dropped. */
export function messageOrigins(options: unknown): readonly string[] {
  const origins = member(options, 'allowedMessageOrigins');
  if (typeof origins === 'string') return [origins];
  return Array.isArray(origins) ? origins.filter((origin): origin is string => typeof origin === 'string') : [];
}

const ALERT_TYPES: readonly string[] = ['success', 'info', 'warning', 'danger'];

export function alertType(type: unknown): AlertType {
  const lower = typeof type === 'string' ? type.toLowerCase() : '';
  return (ALERT_TYPES.includes(lower) ? lower : 'info') as AlertType;
}

/** 0: stays. */
export const autoHideMs = (options: unknown): number => Math.max(0, number(options, 'autoHideMs') ?? 0);

/** `340px`, `50%`; a bare number means pixels. */
export function cssLength(value: unknown, otherwise: string): string {
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}px` : otherwise;
  if (typeof value !== 'string' || value.trim() === '') return otherwise;
  return /^\d+(\.\d+)?$/.test(value.trim()) ? `${value.trim()}px` : value;
}

import { shell } from './deShell';
import { deViews } from './deViews';

/** German, by the English text. */
export const de: Record<string, string> = { ...deViews, ...shell };

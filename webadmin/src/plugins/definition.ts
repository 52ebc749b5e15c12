/** A plugin as the engine's host page describes it: its descriptor and the administrator's configuration, merged. */
export interface Definition {
  name: string;
  url: string;
  config: Record<string, unknown>;
  /** false: the first place waits until this plugin is ready */
  lazyLoad: boolean;
  /** false: defined, never loaded */
  enabled: boolean;
  /** how selections are handed to its functions, when the administrator knows better than the host */
  apiCompat: '3' | '4' | null;
  /** `origin`: its pages are of another origin, or are kept apart by the engine, and reach the host by messages */
  isolation: 'origin' | null;
  /** the `sandbox` of the iframes of its places and dialogs */
  contentSandbox: string | null;
  /** what a plugin of another origin may do beyond places, buttons and dialogs */
  grants: readonly string[];
}

/** Reads `pluginDefinitions` of the host page; what is no plugin is left out. */
export function definitionsOf(data: unknown): Definition[] {
  if (!Array.isArray(data)) return [];
  return data.flatMap((each: unknown) => {
    if (!isObject(each) || typeof each.name !== 'string' || typeof each.url !== 'string') return [];
    const compat = String(each.apiCompat ?? '');
    return [
      {
        name: each.name,
        url: each.url,
        config: isObject(each.config) ? each.config : {},
        lazyLoad: each.lazyLoad !== false,
        enabled: each.enabled !== false,
        apiCompat: compat === '3' || compat === '4' ? compat : null,
        isolation: each.isolation === 'origin' ? 'origin' : null,
        contentSandbox: typeof each.contentSandbox === 'string' ? each.contentSandbox : null,
        grants: Array.isArray(each.grants) ? each.grants.filter((grant) => typeof grant === 'string') : [],
      },
    ];
  });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

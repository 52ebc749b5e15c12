/** The conditions of a search without the order in which it asks for what it finds; whether it does. */
export function conditionsOf(search: string): { conditions: string; ordered: boolean } {
  const unquoted = search.replace(/"[^"]*"/g, (quoted) => '"'.repeat(quoted.length));
  const at = unquoted.search(/\bsortby\b/i);
  return { conditions: (at < 0 ? search : search.slice(0, at)).trim(), ordered: at >= 0 };
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:\\.|[^"\\])*)"/g;
const ESCAPED = { n: '\n', '"': '"', '\\': '\\' };

/** The samples of a text in Prometheus' exposition format: series, labels and value. Comments are left out. */
export function samplesOf(text) {
  return text.split('\n').flatMap((line) => {
    const found = line.startsWith('#') ? null : LINE.exec(line.trim());
    if (!found) return [];
    const [, name, braces = '', number] = found;
    const labels = Object.fromEntries(
      [...braces.matchAll(LABEL)].map(([, label, value]) => [label, value.replace(/\\(.)/g, (_, c) => ESCAPED[c] ?? c)]),
    );
    const value = Number(number.replace(/^([+-]?)Inf$/, '$1Infinity'));
    return Number.isFinite(value) ? [{ series: braces ? `${name}{${braces}}` : name, labels, value }] : [];
  });
}

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 300;
const HEIGHT = 80;
const PREFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** `bytes` in powers of 1024, other numbers with what digits matter. */
export function text(value, unit) {
  if (unit !== 'bytes') return `${Number(value.toPrecision(6))}${unit ? ` ${unit === 'percent' ? '%' : unit}` : ''}`;
  const power = value > 0 ? Math.min(PREFIXES.length - 1, Math.floor(Math.log2(value) / 10)) : 0;
  return `${Number((value / 1024 ** power).toPrecision(4))} ${PREFIXES[power]}B`;
}

/** A figure with a line through the points `[seconds, value]`; percents between 0 and 100, others from their least up. */
export function graph(label, unit, points) {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const name = document.createElement('span');
  const newest = document.createElement('strong');
  name.textContent = label;
  newest.textContent = points.length > 0 ? text(points.at(-1)[1], unit) : '';
  caption.append(name, newest);

  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${label}: ${newest.textContent}`);
  const line = document.createElementNS(SVG, 'polyline');
  line.setAttribute('points', coordinates(points, unit).map((point) => point.join()).join(' '));
  svg.append(line);
  figure.append(caption, svg);
  return figure;
}

function coordinates(points, unit) {
  if (points.length === 0) return [];
  const times = points.map(([time]) => time);
  const values = points.map(([, value]) => value);
  const from = times[0];
  const span = Math.max(1, times.at(-1) - from);
  const low = unit === 'percent' ? 0 : Math.min(...values);
  const high = unit === 'percent' ? Math.max(100, ...values) : Math.max(...values);
  const height = high - low || 1;
  const at = ([time, value]) => [
    (((time - from) / span) * WIDTH).toFixed(1),
    (HEIGHT - 2 - ((value - low) / height) * (HEIGHT - 4)).toFixed(1),
  ];
  // one point alone is a line too
  return points.length === 1 ? [[0, at(points[0])[1]], [WIDTH, at(points[0])[1]]] : points.map(at);
}

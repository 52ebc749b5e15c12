import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { bytes } from '../../entities/texts';
import { useTheme } from '../theme';
import type { Chart, Track } from './series';

const HEIGHT = 180;
/** steps of an axis in bytes: 1, 2, 4 … */
const BINARY = Array.from({ length: 50 }, (_, power) => 2 ** power);
const COLORS = ['--pf-t--chart--color--blue--300', '--pf-t--chart--color--orange--300', '--pf-t--chart--color--green--300'];

export function shown(chart: Chart, value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined) return '–';
  if (chart.unit === 'percent') return `${value.toLocaleString(locale, { maximumFractionDigits: 1 })} %`;
  return chart.unit === 'bytes' ? bytes(value, locale) : `${bytes(value, locale)}/s`;
}

/** One chart of uPlot: made once, given new data as it comes. */
export function Plot({ chart, track, version }: { chart: Chart; track: Track; version: number }) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const locale = i18n.language;
  const [dark] = useTheme();
  useEffect(() => {
    const target = box.current!;
    const style = getComputedStyle(target);
    const color = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
    const text = style.color;
    const grid = { stroke: color('--pf-t--global--border--color--default', '#888'), width: 0.5 };
    const made = new uPlot(
      {
        width: Math.max(200, target.clientWidth),
        height: HEIGHT,
        cursor: { points: { size: 6 } },
        legend: { show: true, live: true },
        scales: {
          x: { range: (_, first, last) => [first, last] },
          y: { range: (_, least, most) => (chart.unit === 'percent' ? [0, Math.max(100, most)] : [Math.min(0, least ?? 0), Math.max(1, most ?? 1) * 1.05]) },
        },
        axes: [
          { stroke: text, grid, values: (_, ticks) => ticks.map((at) => new Date(at * 1000).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })), space: 90 },
          { stroke: text, grid, size: 80, ...(chart.unit === 'percent' ? {} : { incrs: BINARY }), values: (_, ticks) => ticks.map((value) => shown(chart, value, locale)) },
        ],
        series: [
          { value: (_, at) => (at ? new Date(at * 1000).toLocaleTimeString(locale) : '') },
          ...chart.series.map((series, index) => ({
            label: t(series.label),
            stroke: color(COLORS[index]!, ['#0066cc', '#ca6c0f', '#3d7317'][index]!),
            width: 2,
            points: { show: false },
            value: (_: uPlot, value: number | null) => shown(chart, value, locale),
          })),
        ],
      },
      drawn(chart, null),
      target,
    );
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: Math.max(200, target.clientWidth), height: HEIGHT }));
    resized.observe(target);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [chart, locale, t, dark]);
  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    const data = drawn(chart, track);
    made.setData(data);
    // without a cursor the legend tells the present
    if (made.cursor.idx === null || made.cursor.idx === undefined) made.setLegend({ idx: data[0].length - 1 });
  }, [chart, track, version, locale, dark]);
  const latest = chart.series.map((series) => `${t(series.label)} ${shown(chart, track.values[series.key]?.at(-1), locale)}`).join(', ');
  return <div ref={box} role="img" aria-label={`${t(chart.title)}: ${latest}`} className="ov-plot" data-chart={chart.title} />;
}

/** What a plot draws; the minute before is part of it while there are not two moments, of which uPlot would make a day. */
function drawn(chart: Chart, track: Track | null): uPlot.AlignedData {
  const times = track?.times ?? [];
  const values = chart.series.map((series) => track?.values[series.key] ?? times.map(() => null));
  if (times.length > 1) return [times, ...values] as uPlot.AlignedData;
  const last = times[0] ?? Date.now() / 1000;
  return [[last - 60, last], ...values.map((one) => [null, one[0] ?? null])] as uPlot.AlignedData;
}

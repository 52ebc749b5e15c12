/** A share of a whole as a ring, with the figure in the middle. */
export function Donut({ share, figure, caption, label }: { share: number; figure: string; caption: string; label: string }) {
  const part = Math.min(1, Math.max(0, share));
  const radius = 42;
  const around = 2 * Math.PI * radius;
  const tone = part >= 0.9 ? 'full' : part >= 0.75 ? 'high' : 'low';
  return (
    <svg viewBox="0 0 100 100" role="img" aria-label={label} className="ov-donut">
      <circle cx="50" cy="50" r={radius} className="ov-donut__whole" />
      <circle cx="50" cy="50" r={radius} className={`ov-donut__part ov-donut__part--${tone}`} strokeDasharray={`${part * around} ${around}`} transform="rotate(-90 50 50)" />
      <text x="50" y="51" className="ov-donut__figure">
        {figure}
      </text>
      <text x="50" y="65" className="ov-donut__caption">
        {caption}
      </text>
    </svg>
  );
}

import { useLayoutEffect, useRef, type CSSProperties } from 'react';

interface FrameProps {
  /** the plugin whose it is */
  plugin: string;
  url: string;
  /** another one loads the page again, also when the URL stays */
  revision: number;
  title: string;
  sandbox: string | null;
  style?: CSSProperties;
  className?: string;
}

/** A page of a plugin. Its address is set by hand: React would leave out an assignment of the same value. */
export function Frame({ plugin, url, revision, title, sandbox, style, className }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useLayoutEffect(() => {
    if (frame.current) frame.current.src = url;
  }, [url, revision]);
  return <iframe ref={frame} title={title} data-owner={plugin} sandbox={sandbox ?? undefined} style={style} className={className} />;
}

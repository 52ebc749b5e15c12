import { useLayoutEffect } from 'react';
import type { Place } from '../surfaces';
import { usePluginHost } from './context';
import { Frame } from './Frame';
import { Surface } from './Surface';
import '../compatibility/frames.css';

/**
 * The page of a plugin's place, for as long as the user is there. It fills its parent, which should be given a height;
 * as a flex item it grows. Never move it within the page: a moved iframe loads again.
 */
export function PlaceFrame({ place }: { place: Place }) {
  return (
    <Surface plugin={place.plugin} key={place.token}>
      <Revealed place={place} />
    </Surface>
  );
}

function Revealed({ place }: { place: Place }) {
  const host = usePluginHost();
  const { token } = place;
  // in the layout phase: what the plugin wants to do at the end happens while its iframe is still there
  useLayoutEffect(() => host.revealed(token), [host, token]);
  return (
    <Frame
      className="overt-plugin-place"
      plugin={place.plugin}
      url={place.url}
      revision={place.revision}
      title={place.label}
      sandbox={place.sandbox}
    />
  );
}

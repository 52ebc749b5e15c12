import { Alert, AlertActionLink, Button, EmptyState, EmptyStateBody, Spinner, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at, call, list } from '../../engine/api';
import { keys as queries } from '../../engine/live';
import type { DetailProps } from '../../entities/entity';
import { isTrue } from '../../entities/texts';
import { format, places } from '../../places/places';
import { Failure } from '../form/FormDialog';
import { tellFault } from '../notices';
import type { Keys } from './Display';
import { onLeave } from './leave';
import Preview from './Preview';
import { downloadViewerFile, type Kind } from './ticket';
import { useConnection } from './useConnection';
import './console.css';

const Display = lazy(() => import('./Display'));
const Serial = lazy(() => import('./Serial'));
const TypeText = lazy(() => import('./TypeText'));

/** A machine's screen, or its serial line, in the page. */
export default function Console({ entity }: DetailProps) {
  const { t } = useTranslation();
  const id = String(entity.id);
  const name = String(entity.name);
  // in a window of its own it is opened at once
  const [asked] = useState(() => places.get().params.connect);
  const [kind, setKind] = useState<Kind>(asked === 'serial' ? 'serial' : 'vnc');
  const [scaled, setScaled] = useState(true);
  const [typing, setTyping] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  const leave = useRef<HTMLButtonElement>(null);
  const keys = useRef<Keys | null>(null);
  const offered = useOffered(id);
  const missing = offered !== undefined && !(kind === 'serial' ? offered.serial : offered.graphics.some((one) => one.protocol === 'vnc'));
  const machine = { id, status: String(entity.status), host: String(at(entity, 'host.id') ?? ''), offered: !missing };
  const connection = useConnection(machine, kind, asked !== undefined);
  const { runs, wanted, ticket, failure, busy, opened, over } = connection;

  useEffect(
    () =>
      onLeave(screen.current!, () => {
        if (document.fullscreenElement) void document.exitFullscreen();
        leave.current?.focus();
      }),
    [],
  );
  return (
    <div className="ov-console">
      <Toolbar inset={{ default: 'insetNone' }} aria-label={t('Console')}>
        <ToolbarContent>
          <ToolbarItem>
            <ToggleGroup aria-label={t('Kind of console')}>
              <ToggleGroupItem text={t('Graphics')} isSelected={kind === 'vnc'} onChange={() => setKind('vnc')} buttonId="console-vnc" />
              <ToggleGroupItem text={t('Serial')} isSelected={kind === 'serial'} onChange={() => setKind('serial')} buttonId="console-serial" />
            </ToggleGroup>
          </ToolbarItem>
          <ToolbarGroup variant="action-group">
            <ToolbarItem>
              {wanted ? (
                <Button ref={leave} variant="secondary" onClick={connection.disconnect} data-action="disconnect">
                  {ticket ? t('Disconnect') : t('Stop waiting')}
                </Button>
              ) : (
                <Button ref={leave} onClick={() => connection.connect()} isDisabled={!runs || missing} data-action="connect">
                  {t('Connect')}
                </Button>
              )}
            </ToolbarItem>
            {kind === 'vnc' && (
              <>
                <ToolbarItem>
                  <Button variant="secondary" isDisabled={!ticket} onClick={() => keys.current?.ctrlAltDel()}>
                    {t('Send Ctrl-Alt-Del')}
                  </Button>
                </ToolbarItem>
                <ToolbarItem>
                  <Button variant="secondary" isDisabled={!ticket} onClick={() => setTyping(true)} data-action="type">
                    {t('Type text')}
                  </Button>
                </ToolbarItem>
                <ToolbarItem>
                  <Button variant="secondary" aria-pressed={scaled} onClick={() => setScaled(!scaled)} data-action="scale">
                    {scaled ? t('Original size') : t('Fit to the page')}
                  </Button>
                </ToolbarItem>
              </>
            )}
            <ToolbarItem>
              <Button variant="secondary" onClick={() => void screen.current?.requestFullscreen()} isDisabled={!ticket}>
                {t('Full screen')}
              </Button>
            </ToolbarItem>
            <ToolbarItem>
              <Button
                variant="secondary"
                onClick={() => {
                  connection.disconnect();
                  window.open(format('vms-console', { id, connect: kind }), `console-${id}`, 'width=1100,height=850');
                }}
                data-action="window"
              >
                {t('Own window')}
              </Button>
            </ToolbarItem>
            {(offered?.graphics ?? []).map((one) => (
              <ToolbarItem key={one.id}>
                <Button variant="link" isDisabled={!runs} onClick={() => void downloadViewerFile(id, name, one.id).catch((refused: unknown) => tellFault(t('Viewer file (.vv)'), refused))} data-action={`vv-${one.protocol}`}>
                  {t('Viewer file (.vv)')} {one.protocol.toUpperCase()}
                </Button>
              </ToolbarItem>
            ))}
          </ToolbarGroup>
        </ToolbarContent>
      </Toolbar>
      <p id="console-way-out" className="ov-console__hint">
        {t('Keys go to the machine while its screen has the focus. Ctrl and the left Alt, pressed and let go together, lead out.')}
        {kind === 'serial' && <> {t('Ctrl-Shift-C copies, Ctrl-Shift-V pastes. A quiet line may wait for Enter.')}</>}
      </p>
      {busy !== null && (
        <Alert
          isInline
          variant="warning"
          title={busy}
          actionLinks={
            <AlertActionLink onClick={() => connection.connect(true)} data-action="take">
              {t('Take over')}
            </AlertActionLink>
          }
        />
      )}
      {wanted && !ticket && !missing && <Alert isInline isPlain variant="info" title={runs ? t('Connecting…') : t('The console opens when the virtual machine runs')} data-console="waiting" />}
      {failure !== null && <Failure of={failure} />}
      {missing && (
        <Alert isInline variant="info" title={kind === 'serial' ? t('The serial console is not enabled in this virtual machine') : t('This virtual machine has no VNC console')}>
          {kind === 'serial' ? t('Edit, Console, Serial console enables it, from the next start on.') : t('A viewer outside of the browser can show what it has, by its viewer file.')}
        </Alert>
      )}
      <div ref={screen} className="ov-console__screen">
        <Suspense fallback={<Spinner aria-label={t('Loading')} />}>
          {kind === 'serial' && (ticket || wanted || busy !== null) && <Serial ticket={ticket} opened={opened} over={over} label={t('Serial line of {{name}}', { name })} />}
          {kind === 'vnc' && ticket && <Display ticket={ticket} opened={opened} over={over} keys={keys} scaled={scaled} label={t('Screen of {{name}}', { name })} />}
        </Suspense>
        {!ticket && !wanted && busy === null && (
          <EmptyState headingLevel="h2" titleText={runs ? t('Not connected') : t('The virtual machine does not run')} variant="sm">
            {runs && kind === 'vnc' && offered !== undefined && offered.graphics.length > 0 && (
              <EmptyStateBody>
                <Preview vm={id} name={name} open={() => connection.connect()} />
              </EmptyStateBody>
            )}
          </EmptyState>
        )}
      </div>
      {typing && (
        <Suspense>
          <TypeText type={(text) => keys.current?.type(text)} close={() => setTyping(false)} />
        </Suspense>
      )}
    </div>
  );
}

interface Offered {
  serial: boolean;
  graphics: readonly { id: string; protocol: string }[];
}

/** Which consoles the machine has; undefined while nobody knows. */
function useOffered(id: string): Offered | undefined {
  return useQuery({
    queryKey: [...queries.entity('vms', id), 'consoles'],
    queryFn: async ({ signal }): Promise<Offered> => {
      const [vm, graphics] = await Promise.all([call(`/vms/${id}?all_content=true`, { signal }), list(`/vms/${id}/graphicsconsoles`, signal)]);
      return { serial: isTrue(vm.console?.enabled), graphics: graphics.map((one) => ({ id: String(one.id), protocol: String(one.protocol) })) };
    },
    staleTime: Infinity,
    retry: false,
  }).data;
}

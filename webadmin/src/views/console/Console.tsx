import { Alert, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Spinner, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from '@patternfly/react-core';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetailProps } from '../../entities/entity';
import { isTrue } from '../../entities/texts';
import { format } from '../../places/places';
import { Failure } from '../form/FormDialog';
import { tellFault } from '../notices';
import { downloadViewerFile, ticketFor, type Kind, type Ticket } from './ticket';
import type { Keys } from './Display';
import './console.css';

const Display = lazy(() => import('./Display'));
const Serial = lazy(() => import('./Serial'));

const RUNS = ['up', 'powering_up', 'powering_down', 'paused', 'reboot_in_progress', 'migrating', 'wait_for_launch'];

/** A machine's screen, or its serial line, in the page. */
export default function Console({ entity }: DetailProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('vnc');
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [ended, setEnded] = useState<string | null>(null);
  const screen = useRef<HTMLDivElement>(null);
  const keys = useRef<Keys | null>(null);
  const runs = RUNS.includes(String(entity.status));
  const serial = isTrue(entity.console?.enabled);

  const connect = async (wanted: Kind) => {
    setBusy(true);
    setFailure(null);
    setEnded(null);
    setTicket(null);
    try {
      setTicket(await ticketFor(entity.id, wanted));
    } catch (refused) {
      setFailure(refused);
    }
    setBusy(false);
  };
  const over = useCallback((why: string) => {
    setTicket(null);
    setEnded(why);
  }, []);
  const choose = (wanted: Kind) => {
    setKind(wanted);
    if (ticket) void connect(wanted);
  };
  return (
    <div className="ov-console">
      <Toolbar inset={{ default: 'insetNone' }} aria-label={t('Console')}>
        <ToolbarContent>
          <ToolbarItem>
            <ToggleGroup aria-label={t('Kind of console')}>
              <ToggleGroupItem text={t('Graphics')} isSelected={kind === 'vnc'} onChange={() => choose('vnc')} buttonId="console-vnc" />
              <ToggleGroupItem text={t('Serial')} isSelected={kind === 'serial'} onChange={() => choose('serial')} buttonId="console-serial" />
            </ToggleGroup>
          </ToolbarItem>
          <ToolbarGroup variant="action-group">
            {ticket ? (
              <ToolbarItem>
                <Button variant="secondary" onClick={() => setTicket(null)} data-action="disconnect">
                  {t('Disconnect')}
                </Button>
              </ToolbarItem>
            ) : (
              <ToolbarItem>
                <Button onClick={() => void connect(kind)} isDisabled={!runs || busy} isLoading={busy} data-action="connect">
                  {t('Connect')}
                </Button>
              </ToolbarItem>
            )}
            {ticket && kind === 'vnc' && (
              <ToolbarItem>
                <Button variant="secondary" onClick={() => keys.current?.ctrlAltDel()}>
                  {t('Send Ctrl-Alt-Del')}
                </Button>
              </ToolbarItem>
            )}
            <ToolbarItem>
              <Button variant="secondary" onClick={() => void screen.current?.requestFullscreen()} isDisabled={!ticket}>
                {t('Full screen')}
              </Button>
            </ToolbarItem>
            <ToolbarItem>
              <Button variant="secondary" onClick={() => window.open(format('vms-console', { id: entity.id }), `console-${entity.id}`, 'width=1100,height=850')}>
                {t('Own window')}
              </Button>
            </ToolbarItem>
            <ToolbarItem>
              <Button variant="link" isDisabled={!runs} onClick={() => void downloadViewerFile(entity.id, String(entity.name)).catch((refused: unknown) => tellFault(t('Viewer file (.vv)'), refused))} data-action="vv">
                {t('Viewer file (.vv)')}
              </Button>
            </ToolbarItem>
          </ToolbarGroup>
        </ToolbarContent>
      </Toolbar>
      {failure !== null && <Failure of={failure} />}
      {ended !== null && <Alert isInline variant="info" title={ended === '' ? t('The console was closed') : ended} />}
      {kind === 'serial' && !serial && !ticket && <Alert isInline isPlain variant="info" title={t('The serial console is not enabled in this virtual machine')} />}
      <div ref={screen} className="ov-console__screen">
        {ticket ? (
          <Suspense fallback={<Spinner aria-label={t('Loading')} />}>
            {kind === 'vnc' ? <Display ticket={ticket} over={over} keys={keys} label={t('Screen of {{name}}', { name: String(entity.name) })} /> : <Serial ticket={ticket} over={over} label={t('Serial line of {{name}}', { name: String(entity.name) })} />}
          </Suspense>
        ) : (
          <EmptyState headingLevel="h2" titleText={runs ? t('Not connected') : t('The virtual machine does not run')} variant="sm">
            {runs && (
              <>
                <EmptyStateBody>{t('Keys go to the machine while its screen has the focus.')}</EmptyStateBody>
                <EmptyStateFooter>
                  <EmptyStateActions>
                    <Button variant="link" onClick={() => void connect(kind)}>
                      {t('Connect')}
                    </Button>
                  </EmptyStateActions>
                </EmptyStateFooter>
              </>
            )}
          </EmptyState>
        )}
      </div>
    </div>
  );
}

import { Button, Content, EmptyState, Flex, Label, PageSection, Title, type LabelProps } from '@patternfly/react-core';
import { ExpandableRowContent, Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState, useSyncExternalStore } from 'react';
import type { PluginState } from '../plugin';
import type { PluginReport } from '../reports';
import { usePluginHost } from './context';
import { textIn } from './texts';

const COLORS: Readonly<Record<PluginState, LabelProps['color']>> = {
  DEFINED: 'grey',
  LOADING: 'blue',
  READY: 'blue',
  INITIALIZING: 'blue',
  IN_USE: 'green',
  FAILED: 'red',
};

/** Administration > Extensions: what plugins there are, how they are, and what they cost. */
export function Extensions() {
  const host = usePluginHost();
  const reports = useSyncExternalStore(host.reports.subscribe, host.reports.getSnapshot);
  const text = textIn(host.ports.locale());
  if (reports.length === 0) return <EmptyState titleText={text('No plugin is installed.')} headingLevel="h2" />;
  return (
    <PageSection>
      <Table aria-label={text('Extensions')} variant="compact">
        <Thead>
          <Tr>
            <Th screenReaderText={text('Details')} />
            <Th>{text('Plugin')}</Th>
            <Th>{text('State')}</Th>
            <Th>{text('Calls')}</Th>
            <Th>{text('Longest')}</Th>
            <Th>{text('Page waits for it')}</Th>
            <Th screenReaderText=" " />
          </Tr>
        </Thead>
        {reports.map((report, index) => (
          <ReportRows key={report.name} report={report} index={index} />
        ))}
      </Table>
    </PageSection>
  );
}

function ReportRows({ report, index }: { report: PluginReport; index: number }) {
  const host = usePluginHost();
  const text = textIn(host.ports.locale());
  const [open, setOpen] = useState(false);
  const { name, state, calls } = report;
  const longest = calls.reduce((most, each) => Math.max(most, each.longestMs), 0);
  const off = !report.enabled ? 'disabled by configuration' : report.disabledHere ? 'disabled in this browser' : null;
  return (
    <Tbody isExpanded={open}>
      <Tr>
        <Td expand={{ rowIndex: index, isExpanded: open, onToggle: () => setOpen(!open), expandId: `extension-${name}` }} />
        <Td dataLabel={text('Plugin')}>
          {name}
          <Content component="small">{report.url}</Content>
        </Td>
        <Td dataLabel={text('State')}>
          <Label color={COLORS[state]}>{off === null ? state : text(off)}</Label>
        </Td>
        <Td dataLabel={text('Calls')}>{calls.reduce((sum, each) => sum + each.count, 0)}</Td>
        <Td dataLabel={text('Longest')}>{milliseconds(longest)}</Td>
        <Td dataLabel={text('Page waits for it')}>{text(report.lazyLoad ? 'no' : 'yes')}</Td>
        <Td>
          <Flex>
            <Button variant="link" isInline onClick={() => host.reload(name)} aria-label={`${text('Load again')}: ${name}`}>
              {text('Load again')}
            </Button>
            <Button
              variant="link"
              isInline
              isDisabled={report.disabledHere}
              onClick={() => host.disable(name)}
              aria-label={`${text('Disable')}: ${name}`}
            >
              {text('Disable')}
            </Button>
          </Flex>
        </Td>
      </Tr>
      <Tr isExpanded={open}>
        <Td colSpan={7}>
          <ExpandableRowContent>{open && <ReportDetails report={report} />}</ExpandableRowContent>
        </Td>
      </Tr>
    </Tbody>
  );
}

function ReportDetails({ report }: { report: PluginReport }) {
  const text = textIn(usePluginHost().ports.locale());
  return (
    <>
      <Title headingLevel="h3">{text('Log')}</Title>
      {report.log.length === 0 && <Content component="p">{text('Nothing has been logged.')}</Content>}
      <ul>
        {report.log.toReversed().map((entry, index) => (
          <li key={report.log.length - index}>
            {entry.time.toLocaleTimeString()} <strong>{entry.level}</strong> {entry.message}
            {entry.count > 1 && ` (${entry.count}×)`}
          </li>
        ))}
      </ul>
      <Title headingLevel="h3">{text('Calls')}</Title>
      {report.calls.length === 0 && <Content component="p">{text('Nothing has been called.')}</Content>}
      <Table aria-label={text('Calls')} variant="compact" borders={false}>
        <Thead>
          <Tr>
            {['Function', 'Calls', 'Errors', 'Total time', 'Longest'].map((column) => (
              <Th key={column}>{text(column)}</Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {report.calls.map((call) => (
            <Tr key={call.name}>
              <Td>{call.name}</Td>
              <Td>{call.count}</Td>
              <Td>{call.errors}</Td>
              <Td>{milliseconds(call.totalMs)}</Td>
              <Td>{milliseconds(call.longestMs)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

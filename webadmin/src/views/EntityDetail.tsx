import {
  Alert,
  Breadcrumb,
  BreadcrumbItem,
  Bullseye,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Flex,
  FlexItem,
  Spinner,
  Tab,
  Tabs,
  TabTitleText,
  Title,
  Toolbar,
  ToolbarContent,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { at, call, Fault, type Json } from '../engine/api';
import { keys } from '../engine/live';
import { rows } from '../engine/rows';
import { statusOf } from '../entities/cells';
import type { DetailTab, EntityType } from '../entities/entity';
import { format, places, type Place } from '../places/places';
import { detailTabs, PlaceFrame, usePluginButtons, usePluginPlaces, usePluginSelection, type Place as PluginPlace } from '../plugins';
import { ActionButtons } from './ListToolbar';
import { loadWhatIsLater } from './later';
import { nameOf, pathOf } from './names';
import { actionsOf } from './useActions';
import { QuickSwitch } from './QuickSwitch';
import { SubTable } from './SubTable';

interface Props {
  type: EntityType;
  place: Place;
}

/** One entity: what it is, what can be done with it, and its tabs. */
export default function EntityDetail({ type, place }: Props) {
  const { t } = useTranslation();
  const found = useEntity(type, place);
  // what was removed meanwhile is not what the engine said last
  const gone = found.error instanceof Fault && found.error.status === 404;
  const entity = gone ? undefined : found.data;
  usePluginSelection(type.name, useMemo(() => (entity ? [entity] : null), [entity]));
  useEffect(() => {
    if (!found.isPending) loadWhatIsLater();
  }, [found.isPending]);
  const name = entity ? nameOf(entity, type) : '';
  // renamed: the address says what it is called now, and has an id by which it is found whatever happens
  const renamed = name !== '' && place.params.name !== undefined && place.params.name !== name;
  useEffect(() => {
    if (renamed) places.replace(place.token, { ...place.params, name, id: entity!.id });
  });
  const foreign = usePluginPlaces();
  const buttons = usePluginButtons({ entity: type.name, selection: useMemo(() => (entity ? [entity] : []), [entity]), parent: entity ?? null });
  const tabs = useMemo(() => ordered(type, foreign), [type, foreign]);
  const active = tabs.find((tab) => tab.token === place.token) ?? tabs[0];
  // the tab of an address may be beyond the edge
  const shown = active?.token;
  useEffect(() => {
    if (entity) document.querySelector('.overt-detail .pf-v6-c-tabs__item.pf-m-current')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [shown, entity === undefined]);
  if (found.isPending)
    return (
      <Bullseye>
        <Spinner aria-label={t('Loading')} />
      </Bullseye>
    );
  if (!entity) {
    const what = { what: t(type.singular), name: found.data ? nameOf(found.data, type) : (place.params.name ?? place.params.id ?? '') };
    return (
      <Alert isInline variant="warning" title={found.data ? t('{{what}} “{{name}}” is not here any more', what) : t('{{what}} “{{name}}” is not here', what)}>
        {found.error?.message} <a href={format(type.token)}>{t(type.plural)}</a>
      </Alert>
    );
  }
  return (
    <article className="overt-detail" aria-label={name}>
      <Breadcrumb>
        <BreadcrumbItem to={format(type.token)}>{t(type.plural)}</BreadcrumbItem>
        <BreadcrumbItem isActive>
          <QuickSwitch type={type} token={active?.token ?? place.token} current={name} />
        </BreadcrumbItem>
      </Breadcrumb>
      <Flex alignItems={{ default: 'alignItemsCenter' }} className="overt-detail__head">
        <FlexItem>
          <Title headingLevel="h1">{name}</Title>
        </FlexItem>
        {entity.status && (
          <FlexItem>
            {statusOf('status')(entity)}
          </FlexItem>
        )}
        <FlexItem align={{ default: 'alignRight' }}>
          <Toolbar className="overt-toolbar" inset={{ default: 'insetNone' }} aria-label={t('Actions')}>
            <ToolbarContent>
              <ActionButtons type={type} actions={actionsOf(type).filter((action) => action.takes !== 'none')} chosen={[entity]} foreign={buttons.page} />
            </ToolbarContent>
          </Toolbar>
        </FlexItem>
      </Flex>
      <Tabs
        activeKey={active?.token}
        onSelect={(_, token) => places.go(String(token), { name, id: entity.id })}
        aria-label={t('Details')}
      >
        {tabs.map((tab) => (
          <Tab key={tab.token} eventKey={tab.token} tabContentId="detail-tab" title={<TabTitleText>{t(tab.label)}</TabTitleText>} data-token={tab.token} />
        ))}
      </Tabs>
      <div className="overt-detail__tab" id="detail-tab" role="tabpanel" aria-label={active ? t(active.label) : ''}>
        <Suspense fallback={<Spinner aria-label={t('Loading')} />}>
          {active?.tab ? <Content type={type} tab={active.tab} entity={entity} /> : active?.foreign && <PlaceFrame place={active.foreign} />}
        </Suspense>
      </div>
    </article>
  );
}

function useEntity(type: EntityType, { params: { id, name } }: Place) {
  const known = id !== undefined && !type.collection.includes('*');
  const row = useQuery({
    queryKey: ['row of', type.collection, id, name],
    queryFn: ({ signal }) => rowOf(type, id, name ?? '', signal),
    enabled: !known,
    staleTime: Infinity,
    // who comes back may mean another that has the name now
    gcTime: 0,
    retry: false,
  });
  const one = known ? { id } : row.data;
  const found = useQuery({
    queryKey: [...keys.entity(type.collection, one?.id ?? ''), 'page'],
    queryFn: ({ signal }) => call(pathOf(type, one!) + (type.follow ? `?follow=${type.follow}` : ''), { signal }),
    enabled: one !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  return one ? found : { ...row, data: undefined };
}

async function rowOf(type: EntityType, id: string | undefined, name: string, signal: AbortSignal): Promise<Json> {
  const field = type.nameField ?? 'name';
  const search = type.searchPrefix === null ? '' : `${type.nameSearch ?? field}="${name}"`;
  const found = await rows({ collection: type.collection, search, fields: type.fields ?? ['id', field], sort: null, from: 0, max: search ? 10 : 1000 }, signal);
  const row = found.rows.find((one) => (id ? one.id === id : at(one, field) === name));
  if (!row) throw new Error(`${type.singular} ${name}`);
  return row;
}

interface AnyTab {
  token: string;
  label: string;
  tab?: DetailTab;
  foreign?: PluginPlace;
}

/** Plugins' tabs stand where their priority says, among the indexes of the standard ones. */
function ordered(type: EntityType, foreign: readonly PluginPlace[]): AnyTab[] {
  return detailTabs(type.name, type.tabs, foreign).map((entry) =>
    'own' in entry
      ? { token: `${type.token}-${entry.own.suffix}`, label: entry.own.label, tab: entry.own }
      : { token: entry.place.token, label: entry.place.label, foreign: entry.place },
  );
}

function Content({ type, tab, entity }: { type: EntityType; tab: DetailTab; entity: Json }) {
  const { t } = useTranslation();
  if (tab.view) {
    const View = tab.view;
    return <View key={`${tab.suffix} ${entity.id}`} type={type} tab={tab} entity={entity} />;
  }
  if (tab.list) return <SubTable key={`${tab.suffix} ${entity.id}`} type={type} tab={tab} list={tab.list} entity={entity} />;
  return (
    <DescriptionList isHorizontal isCompact columnModifier={{ default: '1Col', xl: '2Col' }}>
      {(tab.facts ?? []).map((fact) => (
        <DescriptionListGroup key={fact.label}>
          <DescriptionListTerm>{t(fact.label)}</DescriptionListTerm>
          <DescriptionListDescription>{fact.draw ? fact.draw(entity) : String(at(entity, fact.field) ?? '')}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}

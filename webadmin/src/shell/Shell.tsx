import {
  Bullseye,
  Button,
  Dropdown,
  DropdownItem,
  DropdownList,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  MenuToggle,
  Nav,
  NavExpandable,
  NavItem,
  NavList,
  NotificationBadge,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Spinner,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { BarsIcon, MoonIcon, SearchIcon, SunIcon } from '@patternfly/react-icons';
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { logOut, session } from '../engine/session';
import { chooseLocale, languages } from '../i18n';
import { format, places, type Place } from '../places/places';
import { PlaceFrame, subMenu, topMenu, usePluginHost, usePluginPlace, useRegistry, type Entry } from '../plugins';
import { EntityList } from '../views/EntityList';
import { later } from '../views/later';
import { specialPlaces } from '../views/special';
import { isOpen, typeNamed, typeOfPlace } from '../views/types';
import { useEvents } from './events';
import { alone, menu, type MenuGroup, type MenuItem } from './menu';
import { PageAlerts } from './Notices';
import { Tasks } from './Tasks';
import { useTheme } from '../views/theme';
import './shell.css';

const HOME = 'vms';

const EntityDetail = later(() => import('../views/EntityDetail'));
const EventDrawer = later(() => import('./EventDrawer'));
/** Icons of all kinds, which only menus with plugins need. */
const PluginIcon = lazy(async () => ({ default: (await import('../plugins/react/PluginIcon')).PluginIcon }));

/** The frame around every view. */
export function Shell({ ready }: { ready: boolean }) {
  const { t } = useTranslation();
  const place = useSyncExternalStore(places.subscribe, places.get);
  const [drawer, setDrawer] = useState(false);
  const header = <Header drawer={drawer} onDrawer={() => setDrawer(!drawer)} />;
  return (
    <Page
      className="overt-page"
      masthead={header}
      sidebar={<Menu place={place} />}
      isManagedSidebar
      isContentFilled
      skipToContent={<SkipToContent href="#main">{t('Skip to content')}</SkipToContent>}
      notificationDrawer={
        <Suspense>
          <EventDrawer onClose={() => setDrawer(false)} />
        </Suspense>
      }
      isNotificationDrawerExpanded={drawer}
      mainContainerId="main"
      mainTabIndex={-1}
    >
      <PageAlerts />
      <main className="overt-main" data-place={place.token}>
        <Suspense
          fallback={
            <Bullseye>
              <Spinner aria-label={t('Loading')} />
            </Bullseye>
          }
        >
          {ready && <View place={place.token ? place : { ...place, token: HOME }} />}
        </Suspense>
      </main>
      {isOpen('jobs') && <Tasks />}
    </Page>
  );
}

function View({ place }: { place: Place }) {
  const { t } = useTranslation();
  const foreign = usePluginPlace(place.token);
  if (foreign?.where.kind === 'detail') return <ForeignDetail place={place} entity={foreign.where.entity} />;
  if (foreign) return <PlaceFrame place={foreign} />;
  const special = specialPlaces.find((one) => one.token === place.token && isOpen(one.token));
  if (special) {
    const Own = special.view;
    return <Own />;
  }
  const entity = typeOfPlace(place.token);
  if (!entity || !isOpen(entity.type.collection)) return <p>{t('There is no such place: {{token}}', { token: place.token })}</p>;
  if (entity.list)
    return (
      <EntityList
        key={entity.type.token}
        type={entity.type}
        search={place.params.search ?? ''}
        onSearch={(search) => places.go(place.token, { search })}
      />
    );
  return <EntityDetail key={entity.type.token} type={entity.type} place={place} />;
}

/** A plugin's tab that is opened by its address. */
function ForeignDetail({ place, entity }: { place: Place; entity: string }) {
  const type = typeNamed(entity);
  return type ? <EntityDetail key={type.token} type={type} place={place} /> : null;
}

function Header({ drawer, onDrawer }: { drawer: boolean; onDrawer: () => void }) {
  const { t } = useTranslation();
  const [dark, toggleTheme] = useTheme();
  const { unseen } = useEvents();
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton variant="plain" aria-label={t('Menu')}>
            <BarsIcon />
          </PageToggleButton>
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo href={format(HOME)} className="overt-logo">
            Overt
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic aria-label={t('Page')}>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }} gap={{ default: 'gapNone', md: 'gapMd' }}>
              <ToolbarItem>
                <Button
                  variant="plain"
                  icon={<SearchIcon />}
                  aria-label={t('Go to anything')}
                  aria-keyshortcuts="Control+K"
                  onClick={() => dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }))}
                />
              </ToolbarItem>
              <ToolbarItem>
                <Button variant="plain" icon={dark ? <SunIcon /> : <MoonIcon />} aria-label={dark ? t('Light') : t('Dark')} onClick={toggleTheme} />
              </ToolbarItem>
              <ToolbarItem>
                <NotificationBadge variant={unseen > 0 ? 'attention' : 'read'} count={unseen} onClick={onDrawer} isExpanded={drawer} aria-label={t('Events')} />
              </ToolbarItem>
              <ToolbarItem>
                <UserMenu />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

function UserMenu() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const user = session.get()?.user;
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle ref={ref} isExpanded={open} onClick={() => setOpen(!open)} variant="plainText" data-action="user">
          {user?.principal ?? ''}
        </MenuToggle>
      )}
    >
      <DropdownList>
        {languages.map(([code, name]) => (
          <DropdownItem key={code} onClick={() => chooseLocale(code)}>
            {name}
          </DropdownItem>
        ))}
        <DropdownItem to="/ovirt-engine/apidoc">{t('What the API can do')}</DropdownItem>
        <DropdownItem onClick={() => void logOut()} data-action="log-out">
          {t('Log out')}
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}

type Top = MenuItem | MenuGroup;

function ownMenu(landed: boolean): readonly Top[] {
  const dashboard = (one: MenuItem) => one.token === 'dashboard';
  const top = alone();
  return [...top.filter((one) => dashboard(one) && !landed), ...menu().filter((group) => group.items.length > 0), ...top.filter((one) => !dashboard(one))];
}

function Menu({ place }: { place: Place }) {
  const { t } = useTranslation();
  const host = usePluginHost();
  const foreign = useRegistry(host.places);
  const containers = useRegistry(host.containers);
  const main = typeOfPlace(place.token)?.type.token ?? (place.token || HOME);
  // where a plugin lands its users is its own dashboard
  const landed = host.landingPlace() !== null;
  const drawn = (icon: string | null) => icon && <Suspense><PluginIcon icon={icon} /></Suspense>;
  const item = (token: string, label: string, icon: string | null = null) => (
    <NavItem key={token} itemId={token} isActive={token === main} to={format(token)} icon={drawn(icon)}>
      {label}
    </NavItem>
  );
  const group = (id: string, label: string, entries: readonly Entry<MenuItem>[], icon: string | null = null) => {
    const mine = entries.some((one) => ('own' in one ? one.own : one.place).token === main);
    return (
      <NavExpandable key={id} title={label} icon={drawn(icon)} groupId={id} isExpanded={id === 'compute' || mine || entries.some((one) => 'place' in one)} isActive={mine}>
        {entries.map((one) => ('own' in one ? item(one.own.token, t(one.own.label)) : item(one.place.token, one.place.label)))}
      </NavExpandable>
    );
  };
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label={t('Menu')} className="overt-menu-bar">
          <NavList>
            {topMenu(ownMenu(landed), foreign, containers).map((top) => {
              if ('place' in top) return item(top.place.token, top.place.label, top.place.options.icon);
              if ('container' in top) return group(top.container.id, top.container.label, top.places.map((one) => ({ place: one })), top.container.icon);
              return 'items' in top.own
                ? group(top.own.id, t(top.own.label), subMenu(top.own.id, top.own.items, foreign))
                : item(top.own.token, t(top.own.label));
            })}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

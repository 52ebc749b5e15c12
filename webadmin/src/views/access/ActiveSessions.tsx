import { PageSection, Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { EXTENSIONS } from '../../engine/api';
import { entityTypes } from '../../entities';
import { momentOf, yesNoOf } from '../../entities/cells';
import { column, onlyIf } from '../../entities/common';
import type { DetailTab, EntityType, SubList } from '../../entities/entity';
import { isTrue } from '../../entities/texts';
import { SubTable } from '../SubTable';

const PATH = `${EXTENSIONS}/sessions`;
const type: EntityType = { ...entityTypes[0]!, name: 'Session', token: 'sessions', collection: 'sessions', element: 'session', nameField: 'user' };
const tab: DetailTab = { detail: '', suffix: 'all', label: 'Active User Sessions', index: 0 };
const list: SubList = {
  path: () => PATH,
  columns: [
    column('user', 'User', 'user'),
    column('started', 'Logged in since', 'started', { draw: momentOf('started') }),
    column('last_used', 'Last used', 'last_used', { draw: momentOf('last_used') }),
    column('own', 'Your own', 'own', { draw: yesNoOf('own') }),
    column('id', 'ID', 'id'),
  ],
  actions: [
    {
      id: 'terminate',
      label: 'Log out',
      danger: true,
      confirm: 'Whoever uses these sessions has to log in again. Log out?',
      refused: onlyIf((one) => !isTrue(one.own), 'It is your own session'),
      request: (one) => ({ method: 'DELETE', path: `${PATH}/${one.id}` }),
    },
  ],
};

/** Who is logged in. */
export default function ActiveSessions() {
  const { t } = useTranslation();
  return (
    <PageSection aria-label={t(tab.label)}>
      <Title headingLevel="h1" size="xl">
        {t(tab.label)}
      </Title>
      <SubTable type={type} tab={tab} list={list} entity={{ id: '' }} />
    </PageSection>
  );
}

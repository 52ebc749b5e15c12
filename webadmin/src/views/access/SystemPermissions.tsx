import { PageSection, Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { entityTypes } from '../../entities';
import type { DetailTab, EntityType } from '../../entities/entity';
import Permissions from './Permissions';

const type: EntityType = { ...entityTypes[0]!, name: 'System', token: 'systemPermissions', collection: '', element: 'system' };
const tab: DetailTab = { detail: 'Permission', suffix: 'permissions', label: 'System Permissions', index: 0 };

/** Who may do what with everything. */
export default function SystemPermissions() {
  const { t } = useTranslation();
  return (
    <PageSection aria-label={t(tab.label)}>
      <Title headingLevel="h1" size="xl">
        {t(tab.label)}
      </Title>
      <Permissions type={type} tab={tab} entity={{ id: '' }} />
    </PageSection>
  );
}

import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { ExternalLinkAltIcon, LockIcon } from '@patternfly/react-icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, list } from '../../engine/api';
import type { ActionDialogProps } from '../../entities/entity';
import { humanize } from '../../entities/texts';
import { Failure } from '../form/FormDialog';
import { unitsOf } from './model';
import { UnitName } from './UnitColumns';

/** All units, the engine's own and those of an external scheduler. Only external ones that are disabled can go. */
export default function UnitsDialog({ close }: ActionDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>(null);
  const { data, error } = useQuery({ queryKey: ['policy units'], queryFn: ({ signal }) => list('/schedulingpolicyunits', signal).then(unitsOf), retry: false });
  const remove = async (id: string) => {
    setFailure(null);
    try {
      await call(`/schedulingpolicyunits/${id}`, { method: 'DELETE' });
    } catch (refused) {
      setFailure(refused);
    }
    await client.invalidateQueries({ queryKey: ['policy units'] });
  };
  return (
    <Modal isOpen width={700} onClose={close} aria-labelledby="units-title">
      <ModalHeader title={t('Manage Policy Units')} labelId="units-title" />
      <ModalBody tabIndex={0} aria-label={t('Policy units')} role="region">
        {(failure ?? error) != null && <Failure of={failure ?? error} />}
        <table className="pf-v6-c-table pf-m-compact" aria-label={t('Policy units')}>
          <thead className="pf-v6-c-table__thead">
            <tr className="pf-v6-c-table__tr">
              <td className="pf-v6-c-table__td" />
              <th className="pf-v6-c-table__th" scope="col">{t('Name')}</th>
              <th className="pf-v6-c-table__th" scope="col">{t('Type')}</th>
              <td className="pf-v6-c-table__td" />
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody">
            {(data ?? []).map((unit) => (
              <tr key={unit.id} className="pf-v6-c-table__tr">
                <td className="pf-v6-c-table__td">{unit.external ? <ExternalLinkAltIcon role="img" aria-label={t('External')} /> : <LockIcon role="img" aria-label={t('Built in')} />}</td>
                <td className="pf-v6-c-table__td">
                  <UnitName unit={unit} />
                </td>
                <td className="pf-v6-c-table__td">{t(humanize(unit.type))}</td>
                <td className="pf-v6-c-table__td">
                  {unit.external && !unit.enabled && (
                    <Button variant="link" isDanger isInline onClick={() => void remove(unit.id)}>
                      {t('Remove')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ModalBody>
      <ModalFooter>
        <Button onClick={close}>{t('Close')}</Button>
      </ModalFooter>
    </Modal>
  );
}

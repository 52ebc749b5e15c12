import { Button, List, ListItem, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Json } from '../engine/api';
import type { Action, EntityType } from '../entities/entity';
import { nameOf } from './names';

const SHOWN = 12;

interface Props {
  type: EntityType;
  action: Action;
  chosen: readonly Json[];
  close: () => void;
  confirmed: () => void;
}

/** Asks before something that cannot be taken back, naming what it is about to happen to. */
export default function Confirmation({ type, action, chosen, close, confirmed }: Props) {
  const { t } = useTranslation();
  return (
    <Modal isOpen variant="small" onClose={close} aria-labelledby="confirmation-title">
      <ModalHeader title={t(action.label)} labelId="confirmation-title" titleIconVariant={action.danger ? 'warning' : undefined} />
      <ModalBody>
        <p>{t(action.confirm!)}</p>
        <List>
          {chosen.slice(0, SHOWN).map((one) => (
            <ListItem key={one.id}>{nameOf(one, type)}</ListItem>
          ))}
        </List>
        {chosen.length > SHOWN && <p>{t('and {{count}} more', { count: chosen.length - SHOWN })}</p>}
      </ModalBody>
      <ModalFooter>
        <Button variant={action.danger ? 'danger' : 'primary'} onClick={confirmed} autoFocus>
          {t(action.label)}
        </Button>
        <Button variant="link" onClick={close}>
          {t('Cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

import { Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, TextArea } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Text for a guest that has no clipboard: it is typed there. */
export default function TypeText({ type, close }: { type: (text: string) => void; close: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <Modal isOpen variant="small" onClose={close} aria-labelledby="type-text-title">
      <ModalHeader title={t('Type text')} labelId="type-text-title" />
      <ModalBody>
        <Form>
          <FormGroup label={t('Text')} fieldId="type-text">
            <TextArea id="type-text" value={text} onChange={(_, changed) => setText(changed)} rows={4} maxLength={2000} autoFocus />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('It is typed on the machine’s keyboard, which needs the same layout as yours.')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          isDisabled={text === ''}
          onClick={() => {
            close();
            type(text);
          }}
        >
          {t('Type it')}
        </Button>
        <Button variant="link" onClick={close}>
          {t('Cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

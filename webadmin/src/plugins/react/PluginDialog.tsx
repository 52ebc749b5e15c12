import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useEffect, useRef } from 'react';
import type { Dialog } from '../surfaces';
import { usePluginHost } from './context';
import { Frame } from './Frame';
import '../compatibility/frames.css';

/** A dialog that a plugin has open; which of its buttons is the main one, nobody says. */
export default function PluginDialog({ dialog }: { dialog: Dialog }) {
  const host = usePluginHost();
  const close = () => host.closeDialog(dialog);
  const { title, width, height, buttons } = dialog;
  return (
    <Modal
      isOpen
      aria-label={title}
      width={width}
      maxWidth="100vw"
      onClose={dialog.closeIconVisible ? close : undefined}
      onEscapePress={dialog.closeOnEscKey ? close : () => {}}
      className={dialog.resizeEnabled ? 'overt-plugin-dialog-resizable' : undefined}
      disableFocusTrap
    >
      <ModalHeader title={title} />
      <ModalBody className="overt-plugin-dialog-body">
        <Focused />
        <Frame
          className="overt-plugin-dialog-frame"
          plugin={dialog.plugin}
          style={{ height }}
          url={dialog.url}
          revision={dialog.revision}
          title={title}
          sandbox={dialog.sandbox}
        />
      </ModalBody>
      {buttons.length > 0 && (
        <ModalFooter>
          {buttons.map((button, index) => (
            <Button key={index} variant="secondary" onClick={() => host.pressInDialog(dialog, index)}>
              {button.label}
            </Button>
          ))}
        </ModalFooter>
      )}
    </Modal>
  );
}

/** Brings the focus into the dialog that it is in. */
function Focused() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const box = here.current?.closest<HTMLElement>('.pf-v6-c-modal-box');
    if (!box) return;
    box.tabIndex = -1;
    box.focus();
  }, []);
  return <span ref={here} hidden />;
}

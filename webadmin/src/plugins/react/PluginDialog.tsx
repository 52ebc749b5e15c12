import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { Dialog } from '../surfaces';
import { usePluginHost } from './context';
import { Frame } from './Frame';
import '../compatibility/frames.css';

/** A dialog that a plugin has open. */
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
      // a trap would take the focus back from the iframe
      disableFocusTrap
    >
      <ModalHeader title={title} />
      <ModalBody>
        <Frame
          className="overt-plugin-dialog-frame"
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
            <Button key={index} variant={index === 0 ? 'primary' : 'secondary'} onClick={() => host.pressInDialog(dialog, index)}>
              {button.label}
            </Button>
          ))}
        </ModalFooter>
      )}
    </Modal>
  );
}

package io.overt.agent.vms;

/** Is told about every change of a reported status, in order for each machine; must not block. */
public interface VmListener {
  void changed(VmSnapshot vm);
}

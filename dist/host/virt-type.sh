#!/bin/sh
# Says how guests can run here: "kvm" when the processor does it, else "qemu" (emulation, slower).
# That /dev/kvm can be opened proves little: within some virtual machines the first guest fails. So a
# guest with nothing but firmware is run, on the very processor, until the firmware's first words.
[ -r /dev/kvm ] && [ -w /dev/kvm ] || { echo qemu; exit 0; }
first=$(timeout 10 qemu-system-x86_64 -accel kvm -cpu host -m 32 -nodefaults -display none -monitor none \
  -serial none -no-reboot -chardev stdio,id=words -device isa-debugcon,iobase=0x402,chardev=words \
  2>/dev/null </dev/null | grep -a -m 1 SeaBIOS)
if [ -n "$first" ]; then echo kvm; else echo qemu; fi

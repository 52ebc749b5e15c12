#!/bin/bash
# Builds the demo guest: a Linux that boots in seconds even without hardware virtualization, and that
# proves by its output whether it is still the same machine.
#
#   build-guest.sh OUTDIR
#
# Result: OUTDIR/kernel, OUTDIR/initrd.gz, and OUTDIR/initrd-agent.gz with the QEMU guest agent in it.
# When they are there and made by this very version, nothing is done. The kernel is the distribution's kernel for virtual machines (downloaded through apt, unpacked,
# not installed); the initramfs is a static busybox, the virtio modules and one init script.
#
# What the guest does, and what others rely on:
#   ttyS0 and tty1  `HEARTBEAT n up=SECONDS boot=ID` once a second (n counts from 1 in RAM)
#   ttyS0           a shell for whoever presses Enter
#   TCP 7777        answers each connection with one line `n SECONDS BOOT-ID`
#   power button    syncs and powers off (`POWER-BUTTON` on ttyS0)
#   command line    overt.name=NAME  overt.ip=ADDRESS/PREFIX (else DHCP)  overt.gw=ADDRESS
#                 overt.write=DISK (writes a MiB of zeros to it once a second, from the start on)
# Counter and boot id survive a migration, a suspension and a restart of libvirtd; they do not survive
# a reboot.
#
# 96 MiB of memory is the least it boots with, 112 MiB with the agent. Without KVM, worth setting in the domain: a small
# <tcg><tb-cache>, <rom enabled='no'/> on NICs, CPU model qemu64, no USB controller.
#
# Needs: apt-get, dpkg-deb, busybox (static), cpio, depmod, gzip, xz. Progress goes to stderr.
# Exit status: 0 done, 1 failed, 2 usage, 3 a needed program is missing.
set -euo pipefail

[ $# = 1 ] || { echo "usage: build-guest.sh OUTDIR" >&2; exit 2; }
PATH=$PATH:/usr/sbin:/sbin
out=$(realpath -m "$1")
self=$(realpath "$0")
init=$(dirname "$self")/init
stamp=$(cat "$self" "$init" | sha256sum | cut -d" " -f1)
say() { echo "build-guest: $*" >&2; }

up_to_date() {
  [ -s "$out/kernel" ] && [ -s "$out/initrd.gz" ] && [ -s "$out/initrd-agent.gz" ] && [ "$(cat "$out/stamp" 2>/dev/null)" = "$stamp" ]
}
up_to_date && exit 0

missing=
for program in apt-get apt-cache dpkg-deb busybox cpio depmod modprobe gzip flock; do
  command -v $program >/dev/null 2>&1 || missing="$missing $program"
done
[ -z "$missing" ] || { say "missing programs:$missing (see host/install-packages.sh)"; exit 3; }

# Two builders of the same directory: the second waits and then finds the work done.
mkdir -p "$out"
exec 9>"$out/.lock"
flock -w 600 9
up_to_date && exit 0

work=$(mktemp -d "$out/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT

say "looking for the kernel package"
kernel_package() {
  apt-cache depends --important linux-image-cloud-amd64 2>/dev/null |
    awk '/Depends: linux-image/ {print $2; exit}'
}
package=$(kernel_package)
if [ -z "$package" ]; then
  say "refreshing the package lists"
  apt-get update -qq >&2
  package=$(kernel_package)
fi
[ -n "$package" ] || { say "apt knows no package linux-image-cloud-amd64: is this Debian?"; exit 1; }

say "downloading $package and qemu-guest-agent"
chmod 755 "$work"
download() {
  ( cd "$work" && apt-get -o APT::Sandbox::User=root download -qq "$package" qemu-guest-agent >&2 )
}
download || { say "refreshing the package lists"; apt-get update -qq >&2; package=$(kernel_package); download; }

say "unpacking"
dpkg-deb -x "$work"/linux-image-*.deb "$work/kernel"
# Debian before 13 has /lib/modules, later /usr/lib/modules.
if [ ! -d "$work/kernel/lib/modules" ]; then ln -s usr/lib "$work/kernel/lib"; fi
version=$(ls "$work/kernel/lib/modules")
depmod -b "$work/kernel" "$version"

say "collecting modules of $version"
root=$work/root
mkdir -p "$root"/{bin,dev,proc,sys,run,tmp,etc/acpi/PWRF,lib/modules}
ln -s bin "$root/sbin"
busybox=$(command -v busybox)
cp -L "$busybox" "$root/bin/busybox"
"$busybox" --list | grep -vx busybox | while read -r applet; do ln -s busybox "$root/bin/$applet"; done

wanted="virtio_pci virtio_blk virtio_net virtio_balloon virtio_console virtio-rng virtio_scsi sd_mod
  sr_mod isofs button evdev psmouse af_packet"
order=$root/lib/modules/order
: >"$order"
for module in $wanted; do
  # Built-in modules and those of other kernel versions have no file; neither is a fault.
  modprobe -d "$work/kernel" -S "$version" --show-depends "$module" 2>/dev/null |
    awk '$1 == "insmod" {print $2}' || true
done | awk '!seen[$0]++' | while read -r file; do
  name=$(basename "$file")
  case $name in
    *.xz) name=${name%.xz}; xz -dc "$file" >"$root/lib/modules/$name" ;;
    *.zst) name=${name%.zst}; zstd -qdc "$file" >"$root/lib/modules/$name" ;;
    *) cp "$file" "$root/lib/modules/$name" ;;
  esac
  echo "$name" >>"$order"
done
grep -q virtio_net "$order" || { say "no virtio_net module in $package"; exit 1; }

cp "$init" "$root/init"
chmod 755 "$root/init"

# A second archive behind the first: the kernel unpacks both.
say "collecting the guest agent and its libraries"
dpkg-deb -x "$work"/qemu-guest-agent_*.deb "$work/agent-package"
agent=$work/agent-package/usr/sbin/qemu-ga
mkdir -p "$work/agent/bin"
cp "$agent" "$work/agent/bin/qemu-ga"
ldd "$agent" >"$work/libraries"
if grep -q 'not found' "$work/libraries"; then
  say "libraries of the guest agent are missing here:"; grep 'not found' "$work/libraries" >&2; exit 1
fi
grep -o '/[^ ]*' "$work/libraries" | while read -r library; do
  mkdir -p "$work/agent$(dirname "$library")"
  cp -L "$library" "$work/agent$library"
done

say "packing"
pack() { ( cd "$1" && find . -print0 | sort -z | cpio -0 -o -H newc -R 0:0 --quiet ) | gzip -n -9; }
pack "$root" >"$work/initrd.gz"
pack "$work/agent" | cat "$work/initrd.gz" - >"$work/initrd-agent.gz"
mv "$work"/kernel/boot/vmlinuz-* "$out/kernel"
mv "$work/initrd.gz" "$work/initrd-agent.gz" "$out/"
chmod 644 "$out/kernel" "$out"/initrd*.gz
echo "$stamp" >"$out/stamp"
say "done: $out/kernel, $out/initrd.gz, $out/initrd-agent.gz"

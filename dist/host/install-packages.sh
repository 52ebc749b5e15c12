#!/bin/sh
# Brings what a hypervisor host needs: libvirtd with the QEMU driver and network filters, QEMU,
# the tools that the demo guest is built with, and the account that libvirt's QEMU driver asks for.
#
#   install-packages.sh            install what is missing
#   install-packages.sh --check    only say what is missing
#   --tests, with either           and what the tests talk to: clients that others wrote
#
# Exit status: 0 nothing is missing (any more), 1 the installation failed, 3 something is missing and
# cannot be installed from here (not root, not a Debian-like system, or --check).
# Running it again when all is there changes nothing and takes a moment only.
set -eu

# Left: what must be there (an absolute path, or a program to find). Right: the Debian package.
needs() {
  cat <<'NEEDS'
libvirtd                                                                    libvirt-daemon
/usr/lib/*/libvirt/connection-driver/libvirt_driver_qemu.so                 libvirt-daemon-driver-qemu
/usr/lib/*/libvirt/connection-driver/libvirt_driver_nwfilter.so             libvirt-daemon
/etc/libvirt/nwfilter/no-mac-spoofing.xml|/usr/share/libvirt/nwfilter/no-mac-spoofing.xml  libvirt-daemon-config-nwfilter
/usr/lib/*/libvirt.so.0                                                     libvirt0
virsh                                                                       libvirt-clients
qemu-system-x86_64                                                          qemu-system-x86
qemu-img                                                                    qemu-utils
/usr/lib/*/qemu/block-iscsi.so                                              qemu-block-extra
/bin/busybox                                                                busybox-static
ip                                                                          iproute2
iptables                                                                    iptables
ebtables                                                                    ebtables
nft                                                                         nftables
cpio                                                                        cpio
depmod                                                                      kmod
xz                                                                          xz-utils
python3                                                                     python3
genisoimage                                                                 genisoimage
NEEDS
  [ -z "$tests" ] || cat <<'NEEDS'
fence_rhevm                                                                 fence-agents
/usr/lib/*/girepository-1.0/GoVirt-1.0.typelib                              gir1.2-govirt-1.0
/usr/lib/python3/dist-packages/gi/__init__.py                               python3-gi
remote-viewer                                                               virt-viewer
Xvfb                                                                        xvfb
snmptrapd                                                                   snmptrapd
snmptranslate                                                               snmp
tmux                                                                        tmux
jq                                                                          jq
pip3                                                                        python3-pip
/usr/bin/mypy                                                               mypy
chromium                                                                    chromium
NEEDS
}

check='' tests=''
for argument; do
  case $argument in
    --check) check=yes ;;
    --tests) tests=yes ;;
    *) echo "install-packages.sh: '$argument' is neither --check nor --tests" >&2; exit 2 ;;
  esac
done

PATH=$PATH:/usr/sbin:/sbin

# True when one of the alternatives (separated by |, globs allowed) exists.
present() {
  case $1 in
    /*)
      saved_ifs=$IFS; IFS='|'
      # shellcheck disable=SC2086 # the globs have to expand
      set -- $1
      IFS=$saved_ifs
      for file; do [ -e "$file" ] && return 0; done
      return 1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

missing_packages() {
  needs | while read -r what package; do present "$what" || echo "$package"; done | sort -u
}

# No pipeline into grep or getent: these run even when nothing is to be done.
has_account() {
  while IFS=: read -r name _; do [ "$name" = libvirt-qemu ] && return 0; done </etc/passwd
  return 1
}
has_group() {
  while IFS=: read -r name _; do [ "$name" = "$1" ] && return 0; done </etc/group
  return 1
}

packages=$(missing_packages | tr '\n' ' ')
account=
has_account && has_group libvirt-qemu && has_group libvirt || account="the account libvirt-qemu"
[ -z "$packages$account" ] && exit 0

refuse() {
  {
    echo "install-packages.sh: $1. Missing:"
    for package in $packages; do echo "  package $package"; done
    [ -z "$account" ] || echo "  $account (user and group, and a group libvirt)"
    echo "As root on Debian or Ubuntu, run: $0"
  } >&2
  exit 3
}

[ -z "$check" ] || refuse "nothing was installed, as asked"
[ "$(id -u)" = 0 ] || refuse "only root can install packages, and this is $(id -un)"
command -v apt-get >/dev/null 2>&1 || refuse "this is not a Debian-like system (there is no apt-get)"

if [ -n "$packages" ]; then
  # Package scripts must not start daemons: whoever wants libvirtd starts it. An existing policy stays.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod 755 $policy
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  echo "install-packages.sh: installing $packages" >&2
  apt-get update -qq >&2
  # shellcheck disable=SC2086 # a list of words
  apt-get install -y -qq --no-install-recommends $packages >&2
fi

# Debian makes these in libvirt-daemon-system, which we do not need otherwise; without them the QEMU
# driver refuses to start, whatever its configured user is. 64055 is Debian's number for them.
has_group libvirt-qemu || groupadd -r -g 64055 libvirt-qemu || groupadd -r libvirt-qemu
has_group libvirt || groupadd -r libvirt
has_account || useradd -r -u 64055 -g libvirt-qemu -d /var/lib/libvirt -s /usr/sbin/nologin libvirt-qemu ||
  useradd -r -g libvirt-qemu -d /var/lib/libvirt -s /usr/sbin/nologin libvirt-qemu

packages=$(missing_packages | tr '\n' ' ')
if [ -n "$packages" ]; then
  echo "install-packages.sh: still missing after the installation: $packages" >&2
  exit 1
fi

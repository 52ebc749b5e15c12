#!/bin/bash
# Gives Overt a libvirtd to talk to, with or without systemd.
#
#   libvirtd.sh start [OPTIONS] STATE_DIR    prints the libvirt URI to use
#   libvirtd.sh status STATE_DIR             prints the URI; exit 1 when nothing answers
#   libvirtd.sh stop [--destroy-guests] STATE_DIR
#
# Options of start:
#   --private          a libvirtd of our own even when the system has one
#   --own-network      ... in a network namespace of its own (implies --private); for tests
#   --cache DIR        where libvirt keeps what it learned about QEMU; learning takes seconds, so that
#                      several private ones may share it (default: under STATE_DIR)
#   --storage DIR      a directory under which storage is mounted later (may be given again)
#   --bridge NAME      the bridge for guests' NICs (default ovirtmgmt; "none" for no bridge)
#
# start uses the system's libvirtd when that answers: the URI is qemu:///system, and stop leaves it alone.
# Otherwise it starts a private one as root: unix socket only, no TCP, and all of its files (settings,
# state, logs) under STATE_DIR, which it sees in place of /etc/libvirt, /run/libvirt and the others in a
# mount namespace of its own. Mounts made later still reach it where the machine shares its mounts (as
# systemd has it), and under STATE_DIR and the --storage directories in any case. Several private ones,
# each with its own STATE_DIR, live side by side. Starting again finds the guests that an earlier one left.
# start also makes the bridge when there is none (no uplink, and an address that nobody else sees, since
# the engine sends no guest to a host without one in the network of consoles) and defines the network filter
# that oVirt's vNIC profiles name by default.
#
# Guests outlive libvirtd: a plain stop leaves them running. With --destroy-guests nothing stays but the
# files under STATE_DIR.
# Exit status: 0 done, 1 failed, 2 usage, 3 not root or a program is missing.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
say() { echo "libvirtd.sh: $*" >&2; }
usage() { sed -n '4,6p' "$0" | sed 's/^#//' >&2; exit 2; }

command=${1:-}
[ -n "$command" ] && shift || usage
private= own_network= destroy_guests= bridge=ovirtmgmt cache= state=
own_address=169.254.88.1/32
storage=()
while [ $# -gt 0 ]; do
  case $1 in
    --private) private=1 ;;
    --own-network) private=1 own_network=1 ;;
    --destroy-guests) destroy_guests=1 ;;
    --bridge) [ $# -ge 2 ] || usage; bridge=$2; shift ;;
    --storage) [ $# -ge 2 ] || usage; storage+=("$(realpath -m "$2")"); shift ;;
    --cache) [ $# -ge 2 ] || usage; cache=$2; shift ;;
    -*) say "unknown option $1"; usage ;;
    *) [ -z "$state" ] || usage; state=$1 ;;
  esac
  shift
done
[ -n "$state" ] || usage
state=$(realpath -m "$state")
cache=$(realpath -m "${cache:-$state/cache}")
socket=$state/run/libvirt-sock
pid_file=$state/libvirtd.pid
network=$state/network-namespace
private_uri="qemu+unix:///system?socket=$socket"
system_uri=qemu:///system

answers() { timeout 20 virsh -q -c "$1" version >/dev/null 2>&1; }

# The pid of our libvirtd when it runs. The program is compared, since a pid may be used again, and since
# one that ended stays visible, without a program, where nobody collects its exit status (containers).
our_pid() {
  local pid
  pid=$(cat "$pid_file" 2>/dev/null) || return 1
  [ -n "$pid" ] || return 1
  case $(readlink "/proc/$pid/exe") in */libvirtd*) echo "$pid" ;; *) return 1 ;; esac
}

in_network() {
  if mountpoint -q "$network" 2>/dev/null; then nsenter --net="$network" -- "$@"; else "$@"; fi
}

# Makes what is mounted under a directory visible in namespaces that were made earlier.
share_mounts() {
  mkdir -p "$1"
  case $(findmnt -n -o PROPAGATION -T "$1" | tail -1) in *shared*) return ;; esac
  mount --bind "$1" "$1"
  mount --make-shared "$1"
  echo "$1" >>"$state/shared-mounts"
}

unshare_mounts() {
  local directory
  [ -e "$state/shared-mounts" ] || return 0
  tac "$state/shared-mounts" >"$state/shared-mounts.reversed"
  while read -r directory; do umount --lazy "$directory" 2>/dev/null || true; done <"$state/shared-mounts.reversed"
  rm -f "$state/shared-mounts" "$state/shared-mounts.reversed"
}

write_settings() {
  local uuid
  uuid=$(cat "$state/host-uuid" 2>/dev/null || tee "$state/host-uuid" </proc/sys/kernel/random/uuid)
  # One client, the agent, has several migrations and questions under way at a time; the default is 5.
  # A migration is refused between daemons that claim the same host.
  cat >"$state/etc/libvirtd.conf" <<CONF
host_uuid = "$uuid"
listen_tls = 0
listen_tcp = 0
auth_unix_rw = "none"
unix_sock_rw_perms = "0700"
max_client_requests = 64
max_workers = 64
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
CONF
  # No AppArmor, no cgroups and no virtlogd are taken for granted: a container has none of them. The files
  # of images belong to whoever prepared them (dynamic_ownership).
  [ -e "$state/etc/qemu.conf" ] || cat >"$state/etc/qemu.conf" <<'CONF'
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
stdio_handler = "file"
vnc_listen = "127.0.0.1"
CONF
  # Where agents put their certificate for guests that move encrypted; it belongs to QEMU's user.
  mkdir -p -m 700 "$state/etc/migration-certificates"
  grep -q '^migrate_tls_x509_cert_dir' "$state/etc/qemu.conf" || cat >>"$state/etc/qemu.conf" <<'CONF'
migrate_tls_x509_cert_dir = "/etc/libvirt/migration-certificates"
migrate_tls_x509_verify = 1
CONF
  for directory in /etc/libvirt/nwfilter /usr/share/libvirt/nwfilter; do
    [ ! -d $directory ] || cp -n $directory/*.xml "$state/etc/nwfilter/" 2>/dev/null || true
  done
}

start_private() {
  [ "$(id -u)" = 0 ] || { say "a private libvirtd needs root, and this is $(id -un)"; exit 3; }
  for program in libvirtd virsh findmnt qemu-system-x86_64 unshare nsenter; do
    command -v $program >/dev/null || { say "$program is missing: run $(dirname "$0")/install-packages.sh"; exit 3; }
  done
  [ ${#socket} -le 100 ] || { say "STATE_DIR is too long for a unix socket (at most 80 characters): $state"; exit 1; }
  our_pid >/dev/null && return
  mkdir -p -m 755 "$state"/{etc/nwfilter,run,lib,log} "$cache"
  mkdir -p /etc/libvirt /run/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt
  local directory
  for directory in "$state" ${storage[@]+"${storage[@]}"}; do share_mounts "$directory"; done
  write_settings
  if [ -n "$own_network" ] && ! mountpoint -q "$network" 2>/dev/null; then
    : >"$network"
    unshare --net="$network" -- ip link set lo up
  fi
  rm -f "$socket"
  # "slave": what the machine mounts later (storage) arrives here, what is mounted here stays here.
  # 9>&-: the daemon must not inherit our lock.
  in_network unshare --mount --propagation slave -- bash -euc '
    state=$1 cache=$2
    mount --bind "$state/etc" /etc/libvirt
    mount --bind "$state/run" /run/libvirt
    mount --bind "$state/lib" /var/lib/libvirt
    mount --bind "$cache" /var/cache/libvirt
    mount --bind "$state/log" /var/log/libvirt
    cd /
    exec libvirtd --daemon -f /etc/libvirt/libvirtd.conf -p "$state/libvirtd.pid"
  ' libvirtd "$state" "$cache" 9>&- >>"$state/log/start.log" 2>&1 </dev/null ||
    { say "libvirtd did not start: see $state/log"; tail -q -n 5 "$state"/log/start.log "$state"/log/libvirtd.log >&2; exit 1; }
  local attempt
  for attempt in $(seq 1 200); do
    [ -S "$socket" ] && answers "$private_uri" && return
    our_pid >/dev/null || [ "$attempt" -lt 20 ] || break
    sleep 0.1
  done
  say "libvirtd does not answer: see $state/log"
  tail -n 5 "$state/log/libvirtd.log" >&2 || true
  exit 1
}

make_bridge() {
  [ "$bridge" != none ] || return 0
  in_network ip link show "$bridge" >/dev/null 2>&1 && return 0
  if in_network ip link add "$bridge" type bridge 2>"$state/bridge.err"; then
    in_network ip link set "$bridge" up
    in_network ip addr add "$own_address" scope link dev "$bridge"
    echo "$bridge" >"$state/made-bridge"
    say "made the bridge $bridge (no uplink)"
  else
    say "cannot make the bridge $bridge: $(cat "$state/bridge.err")"; exit 1
  fi
  rm -f "$state/bridge.err"
}

# Only the bridge that we made, and only when nobody uses it.
remove_bridge() {
  local made
  made=$(cat "$state/made-bridge" 2>/dev/null) || return 0
  rm -f "$state/made-bridge"
  [ -n "$(in_network ip -o link show master "$made" 2>/dev/null)$(in_network ip -o -4 addr show dev "$made" 2>/dev/null | grep -vF " $own_address ")" ] ||
    in_network ip link delete "$made" 2>/dev/null || true
}

define_filter() {
  virsh -q -c "$1" nwfilter-dumpxml vdsm-no-mac-spoofing >/dev/null 2>&1 && return 0
  cat >"$state/filter.xml" <<'XML'
<filter name='vdsm-no-mac-spoofing' chain='root'>
  <filterref filter='no-mac-spoofing'/>
  <filterref filter='no-arp-mac-spoofing'/>
</filter>
XML
  virsh -q -c "$1" nwfilter-define "$state/filter.xml" >/dev/null ||
    say "the network filter vdsm-no-mac-spoofing could not be defined: NICs that name it will not start"
  rm -f "$state/filter.xml"
}

case $command in
  start)
    mkdir -p "$state"
    exec 9>"$state/.lock"
    flock -w 60 9 || { say "another start or stop holds $state/.lock"; exit 1; }
    if [ -z "$private" ] && ! our_pid >/dev/null && answers $system_uri; then
      uri=$system_uri
    else
      start_private
      uri=$private_uri
    fi
    make_bridge
    define_filter "$uri"
    echo "$uri"
    ;;
  status)
    if our_pid >/dev/null; then uri=$private_uri; else uri=$system_uri; fi
    answers "$uri" || { say "no libvirtd answers at $uri"; exit 1; }
    echo "$uri"
    ;;
  stop)
    [ -d "$state" ] || exit 0
    exec 9>"$state/.lock"
    flock -w 60 9 || { say "another start or stop holds $state/.lock"; exit 1; }
    if pid=$(our_pid); then
      if [ -n "$destroy_guests" ]; then
        virsh -q -c "$private_uri" list --uuid | while read -r guest; do
          [ -z "$guest" ] || virsh -q -c "$private_uri" destroy "$guest" </dev/null >/dev/null || true
        done
      fi
      kill "$pid"
      for _ in $(seq 1 100); do our_pid >/dev/null || break; sleep 0.1; done
      if our_pid >/dev/null; then say "libvirtd $pid does not end by itself: killing it"; kill -9 "$pid"; fi
    elif [ -n "$destroy_guests" ]; then
      # No daemon to ask. Each of our guests has a pid file that libvirt wrote.
      for file in "$state"/run/qemu/*.pid; do
        [ -e "$file" ] || continue
        guest=$(cat "$file")
        case $(readlink "/proc/$guest/exe") in */qemu-system*) kill -9 "$guest" ;; esac
      done
    fi
    rm -f "$pid_file" "$socket"
    [ -z "$destroy_guests" ] || remove_bridge
    if [ -n "$destroy_guests" ] && mountpoint -q "$network" 2>/dev/null; then umount "$network"; rm -f "$network"; fi
    [ -z "$destroy_guests" ] || unshare_mounts
    ;;
  *) usage ;;
esac

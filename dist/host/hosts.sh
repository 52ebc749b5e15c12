#!/bin/bash
# Several hypervisor hosts on one machine, for tests and benchmarks: a libvirtd each, in a network of its own.
#
#   hosts.sh start [--count N] [--cache DIR] STATE_DIR
#   hosts.sh stop STATE_DIR           ends everything, guests included; the files stay
#   hosts.sh crash I STATE_DIR        host I loses its power: its libvirtd and its guests are gone at once
#   hosts.sh revive I STATE_DIR       its libvirtd starts again
#
# Host I (1 to N, N at most 9; default 2) keeps its files in STATE_DIR/I, which is a state directory of
# libvirtd.sh, and is reached as 10.77.0.1I, the address of its bridge ovirtmgmt. STATE_DIR/10.77.0.1I leads
# there too, so that libvirt finds another host's daemon by its address:
#   qemu+unix:///system?socket=STATE_DIR/{host}/run/libvirt-sock
# What connects the bridges is a network namespace of its own as well, STATE_DIR/switch/network-namespace
# (10.77.0.1): nothing has a way out, and nothing touches the machine's own network.
# STATE_DIR/shared is there for storage that all hosts see.
# Exit status: as of libvirtd.sh.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
say() { echo "hosts.sh: $*" >&2; }
usage() { sed -n '4,7p' "$0" | sed 's/^#//' >&2; exit 2; }

command=${1:-}
[ -n "$command" ] && shift || usage
count=2 cache= state= number=
case $command in crash | revive) number=${1:-}; shift || usage ;; esac
while [ $# -gt 0 ]; do
  case $1 in
    --count) [ $# -ge 2 ] || usage; count=$2; shift ;;
    --cache) [ $# -ge 2 ] || usage; cache=$2; shift ;;
    -*) say "unknown option $1"; usage ;;
    *) [ -z "$state" ] || usage; state=$1 ;;
  esac
  shift
done
[ -n "$state" ] || usage
state=$(realpath -m "$state")
case $count in [1-9]) ;; *) say "--count is '$count' but must be 1 to 9"; exit 2 ;; esac
switch=$state/switch/network-namespace

in_switch() { nsenter --net="$switch" -- "$@"; }
in_host() { nsenter --net="$state/$1/network-namespace" -- "${@:2}"; }

make_switch() {
  mountpoint -q "$switch" 2>/dev/null && return
  mkdir -p "$state/switch" "$state/shared"
  : >"$switch"
  unshare --net="$switch" -- ip link set lo up
  in_switch ip link add switch type bridge
  in_switch ip addr add 10.77.0.1/24 dev switch
  in_switch ip link set switch up
}

start_libvirtd() {
  "$here/libvirtd.sh" start --own-network ${cache:+--cache "$cache"} "$state/$1" >/dev/null
}

connect() {
  ln -sfn "$1" "$state/10.77.0.1$1"
  in_host "$1" ip link show eth0 >/dev/null 2>&1 && return
  in_switch ip link add "host$1" type veth peer name eth0 netns "$state/$1/network-namespace"
  in_switch ip link set "host$1" master switch up
  in_host "$1" ip link set eth0 master ovirtmgmt up
  in_host "$1" ip addr flush dev ovirtmgmt
  in_host "$1" ip addr add "10.77.0.1$1/24" dev ovirtmgmt
}

each() { for directory in "$state"/[1-9]; do [ ! -d "$directory" ] || "$@" "$(basename "$directory")"; done; }
stop_host() { "$here/libvirtd.sh" stop --destroy-guests "$state/$1"; }

case $command in
  start)
    [ "$(id -u)" = 0 ] || { say "this needs root"; exit 3; }
    make_switch
    for host in $(seq 1 "$count"); do start_libvirtd "$host" & done
    wait
    for host in $(seq 1 "$count"); do
      [ -S "$state/$host/run/libvirt-sock" ] || { say "host $host did not start"; exit 1; }
      connect "$host"
    done
    ;;
  stop)
    each stop_host
    if mountpoint -q "$switch" 2>/dev/null; then umount "$switch"; rm -f "$switch"; fi
    ;;
  crash)
    # The guests first: nobody shall hear of their end.
    daemon=$(cat "$state/$number/libvirtd.pid")
    kill -STOP "$daemon"
    for file in "$state/$number"/run/qemu/*.pid; do
      [ ! -e "$file" ] || kill -9 "$(cat "$file")" 2>/dev/null || true
    done
    kill -9 "$daemon"
    rm -rf "$state/$number/run/qemu" "$state/$number/run/libvirt-sock" "$state/$number/libvirtd.pid"
    ;;
  revive) start_libvirtd "$number" ;;
  *) usage ;;
esac

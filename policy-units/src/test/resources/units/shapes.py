"""Units as their authors write them: what they print or return is a result."""
from __future__ import print_function
from decimal import Decimal
from common import Inherited
import sys
import time

counts = []


class max_vms():
    properties_validation = 'maximum_vm_count=[0-9]*'

    def do_filter(self, hosts_ids, vm_id, args_map):
        """returns only hosts with less running vms then the maximum"""
        maximum = int(args_map.get('maximum_vm_count', 100))
        running = {'11111111-1111-1111-1111-111111111111': 1}
        print([host for host in hosts_ids if running.get(host, 9) < maximum])


class spread(object):
    """A docstring of the class, which describes nothing."""
    properties_validation = 'low=[0-9]+;high=[0-9]+;free'

    def do_score(self, hosts_ids, vm_id, args_map):
        """
        Two lines,
          the second indented.
        """
        print([(host, 1 + 8 * place) for place, host in enumerate(hosts_ids)])

    def do_balance(self, hosts_ids, args_map):
        print(('33333333-3333-3333-3333-333333333333', hosts_ids[:1]))


class returns:
    def do_filter(self, hosts, vm, args):
        print('looking at', len(hosts))
        return tuple(hosts)

    def do_score(self, hosts, vm, args):
        return {host: 2.5 for host in hosts}

    def do_balance(self, hosts, args):
        return 'vm-1', hosts


class floats:
    def do_score(self, hosts, vm, args):
        print([(host, score) for host, score in zip(hosts, (1.4, 1.5, -2.6))])


class decimals:
    def do_score(self, hosts, vm, args):
        return ((host, Decimal('7.2')) for host in hosts)


class twice:
    def do_score(self, hosts, vm, args):
        print([(hosts[0], 3), (hosts[0], 4)])


class two_values:
    def do_balance(self, hosts, args):
        print('33333333-3333-3333-3333-333333333333', hosts)


class idle:
    def do_balance(self, hosts, args):
        pass


class empty_list:
    def do_balance(self, hosts, args):
        print([])


class none_and_list:
    def do_balance(self, hosts, args):
        print(None, [])


class noisy_balance:
    def do_balance(self, hosts, args):
        print(('vm-1', hosts))
        print('no harm meant', file=sys.stderr)


class remembers:
    seen = []

    def do_score(self, hosts, vm, args):
        self.seen.append(vm)
        counts.append(vm)
        sys.path.append('/nowhere')
        print([(hosts[0], len(self.seen) * 100 + len(counts) * 10 + sys.path.count('/nowhere'))])


class echo:
    def do_filter(self, hosts, vm, args):
        print([host for host in hosts if args.get(host) == vm])


class sleeps:
    def do_filter(self, hosts, vm, args):
        time.sleep(0.3)
        print(hosts)


class sleeps_long:
    def do_filter(self, hosts, vm, args):
        time.sleep(0.8)
        print(hosts)


class sleeps_too(sleeps_long):
    pass


class tells:
    def do_filter(self, hosts, vm, args):
        import os
        names = [os.environ.get(name, '-') for name in ('HOME', 'LANG', 'OVERT_SECRET', 'JAVA_HOME')]
        print('%s|%s|%s|%s' % (os.geteuid(), os.getcwd(), ','.join(names), len(os.environ)), file=sys.stderr)


class reads_secret:
    def do_filter(self, hosts, vm, args):
        with open(args['file']) as file:
            print(file.read(), file=sys.stderr)

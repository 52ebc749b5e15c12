import sys
print('hello')
print('a word', file=sys.stderr)


class polite:
    def do_filter(self, hosts, vm, args):
        print(hosts)

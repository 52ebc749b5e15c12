class old:
    def do_filter(self, hosts, vm, args):
        print hosts

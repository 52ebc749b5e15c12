class Inherited:
    def do_filter(self, hosts, vm, args):
        print(hosts[1:])

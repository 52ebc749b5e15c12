"""Units that lie, break, or never end."""
import os
import signal
import subprocess
import sys
import time


class bad_return:
    def do_filter(self, hosts, vm, args):
        print('no literal at all')

    def do_score(self, hosts, vm, args):
        print([(hosts[0], 'many')])

    def do_balance(self, hosts, args):
        print('move the first')


class says_nothing:
    def do_filter(self, hosts, vm, args):
        return None


class noisy_stderr:
    def do_filter(self, hosts, vm, args):
        print([])
        print('something is wrong', file=sys.stderr)


class raises:
    def do_filter(self, hosts, vm, args):
        return [][len(hosts)]

    def do_balance(self, hosts, args):
        raise ValueError('no balance today')


class needs_arguments:
    def __init__(self, argument):
        pass

    def do_filter(self, hosts, vm, args):
        print(hosts)


class slow:
    def do_filter(self, hosts, vm, args):
        time.sleep(60)

    def do_score(self, hosts, vm, args):
        while True:
            pass

    def do_balance(self, hosts, args):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)


class invents:
    def do_filter(self, hosts, vm, args):
        print(hosts[:1] + ['not-offered', 7, None])

    def do_score(self, hosts, vm, args):
        print([(hosts[0], 1), ('not-offered', 2)])

    def do_balance(self, hosts, args):
        print(('vm-1', ['not-offered']))


class wrong_types:
    def do_filter(self, hosts, vm, args):
        print(42)

    def do_score(self, hosts, vm, args):
        print([(hosts[0], 1, 2)])

    def do_balance(self, hosts, args):
        print(('vm-1', 'host', 'other'))


class infinite:
    def do_score(self, hosts, vm, args):
        return [(hosts[0], float('inf'))]


class huge:
    def do_score(self, hosts, vm, args):
        print([(hosts[0], 2 ** 40)])


class floods:
    def do_filter(self, hosts, vm, args):
        while True:
            sys.stdout.write('x' * 1000000)


class deep:
    def do_filter(self, hosts, vm, args):
        print('[' * 100000 + ']' * 100000)


class exits:
    def do_filter(self, hosts, vm, args):
        print(hosts)
        sys.exit(3)

    def do_score(self, hosts, vm, args):
        print([(hosts[0], 5)])
        sys.stdout.flush()
        os._exit(0)


class crashes:
    def do_filter(self, hosts, vm, args):
        os.kill(os.getpid(), signal.SIGSEGV)


class kills_parent:
    def do_filter(self, hosts, vm, args):
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)


class closes:
    def do_filter(self, hosts, vm, args):
        print(hosts)
        sys.stdout.close()
        os.closerange(0, 3)


class closes_all:
    def do_filter(self, hosts, vm, args):
        print(hosts)
        sys.stdout.flush()
        os.closerange(0, 256)


class scribbles:
    def do_filter(self, hosts, vm, args):
        for fd in range(3, 64):
            try:
                os.write(fd, b"\1\0\xff{" * 1000)
            except OSError:
                pass
        for _ in range(100):
            os.kill(os.getppid(), signal.SIGUSR1)
        return hosts[:1]


class lingers:
    def do_filter(self, hosts, vm, args):
        import threading
        import time

        def noise():
            while True:
                print('later')
                time.sleep(0.001)
        threading.Thread(target=noise, daemon=True).start()
        if os.fork() == 0:
            noise()
        return hosts[:1]


class patches:
    def do_filter(self, hosts, vm, args):
        import ast
        import json
        json.dumps = json.loads = ast.literal_eval = os.write = os._exit = lambda *args: None
        sys.exit = sys.modules = None
        print(hosts)


class forks:
    def do_filter(self, hosts, vm, args):
        subprocess.Popen(['sleep', '4711'], start_new_session=True)
        if os.fork() == 0:
            os.setsid()
            time.sleep(4711)
        print(hosts)


class eats_memory:
    def do_filter(self, hosts, vm, args):
        print(len(bytearray(8 << 30)))


class writes_files:
    def do_filter(self, hosts, vm, args):
        with open('/tmp/overt-unit-was-here', 'wb') as file:
            for _ in range(64):
                file.write(b'x' * (1 << 20))
                file.flush()
        print(hosts)


class bad_properties:
    properties_validation = '{cpu = [0-9]}'

    def do_filter(self, hosts, vm, args):
        print(hosts)


class odd_properties:
    properties_validation = {'cpu': '[0-9]'}

    def do_filter(self, hosts, vm, args):
        print(hosts)

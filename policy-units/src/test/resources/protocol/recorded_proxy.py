"""Answers as scheduler proxies of several versions do; the name of the unit says which answer is wanted."""
import socketserver
import time
from xmlrpc.server import SimpleXMLRPCServer

VM = "33333333-3333-3333-3333-333333333333"


class Server(socketserver.ThreadingMixIn, SimpleXMLRPCServer):
    daemon_threads = True


class Proxy:
    def discover(self):
        return {
            "filters": {"max_vms": ("filters by number\n", "maximum_vm_count=[0-9]*"), "braces": ("", "{a = b}")},
            "scores": {"spread": ("", "")},
            "balance": {"spread": ("", "")},
        }

    def runFilters(self, names, hosts, vm, properties):
        first = hosts[:1]
        return {
            "struct": {"result_code": 0, "result": first},
            "bare": first,
            "unknown": {
                "result_code": 1,
                "result": hosts,
                "plugin_errors": {"unknown": ["plugin not found: 'unknown'"]},
                "errors": ["all filters failed"],
            },
            "half": {"result_code": 1, "result": first, "plugin_errors": {"half": ["plugin not found: 'half'"]}},
            "text": "these",
            "nothing": None,
            "no_result": {"result_code": 0},
            "numbers": [1, 2],
            "invents": {"result_code": 0, "result": ["never-offered"] + first},
            "count": [host for host in hosts if vm == VM and properties == {"key": "value"}],
            "slow": first,
        }[names[0] if names[0] != "slow" else time.sleep(3) or "slow"]

    def runCostFunctions(self, pairs, hosts, vm, properties):
        name, factor = pairs[0]
        return {
            "summed": {"result_code": 0, "result": [[hosts[0], 3 * factor], [hosts[1], 27 * factor]]},
            "bare": [[hosts[0], 3]],
            "named": {"result_code": 0, "result": [[hosts[0], 3, "a"], [hosts[1], 4, "a"], [hosts[0], 5, "b"]]},
            "float": [[hosts[0], 2.5]],
            "one": [[hosts[0]]],
            "late": {"result_code": 1, "result": [], "errors": ["Waiting on score functions timed out"]},
        }[name]

    def runLoadBalancing(self, name, hosts, properties):
        return {
            "moves": {"result_code": 0, "result": [VM, hosts[:1]]},
            "bare": [VM, hosts[:1]],
            "idle": {"result_code": 0, "result": ["", []]},
            "empty": {"result_code": 0, "result": []},
            "odd": [VM],
            "unknown": {
                "result_code": 1,
                "result": [],
                "plugin_errors": {"unknown": ["Load balance requested but was not found: unknown"]},
            },
        }[name]


server = Server(("localhost", 0), allow_none=True, logRequests=False)
server.register_introspection_functions()
server.register_instance(Proxy())
print(server.server_address[1], flush=True)
server.serve_forever()

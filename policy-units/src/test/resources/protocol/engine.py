"""Plays an old engine: reads calls from stdin, a JSON list [method, arguments...] a line, and writes what comes of each."""
import http.client
import json
import sys
import xmlrpc.client

address, path = sys.argv[1], sys.argv[2]
proxy = xmlrpc.client.ServerProxy("http://%s%s" % (address, path), allow_none=True)
for line in sys.stdin:
    method, *arguments = json.loads(line)
    try:
        if method.startswith("http "):
            connection = http.client.HTTPConnection(address, timeout=10)
            connection.request(method.split()[1], arguments[0], arguments[1], {"Content-Type": "text/xml"})
            response = connection.getresponse()
            answer = [response.status, response.read().decode()]
        else:
            function = proxy
            for part in method.split("."):
                function = getattr(function, part)
            answer = function(*arguments)
    except xmlrpc.client.Fault as fault:
        answer = {"fault": fault.faultCode, "text": fault.faultString}
    except xmlrpc.client.ProtocolError as error:
        answer = {"http": error.errcode}
    print(json.dumps(answer), flush=True)

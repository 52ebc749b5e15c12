# What a call printed or returned, read as oVirt's scheduler proxy reads it.

import ast
import json
import math
import re


class Unusable(Exception):
    pass


# What nearly all print, as str() writes it; JSON's parser takes a tenth of the time of Python's own.
USUAL = {
    "do_filter": re.compile(r"\[(?:'[\w:.-]*'(?:, |(?=])))*]", re.ASCII),
    "do_score": re.compile(r"\[(?:\('[\w:.-]*', -?[0-9]+(?:\.[0-9]+)?\)(?:, |(?=])))*]", re.ASCII),
    "do_balance": re.compile(r"\('[\w:.-]*', \[(?:'[\w:.-]*'(?:, |(?=])))*]\)", re.ASCII),
}
REHEARSAL = b"{}\n" + json.dumps([["%08d-0000-0000-0000-000000000000" % number for number in range(400)], "vm", {}]).encode()
AS_JSON = str.maketrans("'()", '"[]')
PAIR = re.compile(r"\s*([^\s\[\]()'\",]+)\s+(\[.*\]|\(.*\))\s*", re.DOTALL)


def short(value):
    text = " ".join((value if isinstance(value, str) else repr(value)).split())
    return text if len(text) <= 80 else text[:77] + "..."


def literal(method, printed):
    """The Python literal that was printed; for a balancer two printed values are a pair."""
    text = printed.strip()
    if USUAL[method].fullmatch(text):
        try:
            return json.loads(text.translate(AS_JSON))
        except ValueError:
            pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError):
        if method == "do_balance":
            pair = PAIR.fullmatch(text)
            if pair:
                try:
                    return (None if pair.group(1) == "None" else pair.group(1), ast.literal_eval(pair.group(2)))
                except (ValueError, SyntaxError, TypeError):
                    pass
        raise Unusable("printed %s, which is not a Python literal" % short(printed))


def conclude(method, printed, returned):
    if printed.strip():
        try:
            value = literal(method, printed)
        except Unusable:
            # Prints for people are no harm where the result was returned.
            if returned is None:
                raise
            value = returned
    else:
        value = returned
    if method == "do_balance":
        return balance_of(value), []
    if value is None:
        raise Unusable("neither printed nor returned a result")
    return filter_of(value) if method == "do_filter" else scores_of(value)


def items(value, wanted):
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        raise Unusable("gave %s, where %s is expected" % (short(value), wanted))
    return list(value)


def filter_of(value):
    ids = items(value, "a list of host ids")
    hosts = [str(each) for each in ids if isinstance(each, str) or type(each).__name__ == "UUID"]
    notes = ["%d of its results are no host ids" % (len(ids) - len(hosts))] if len(hosts) < len(ids) else []
    return hosts, notes


def scores_of(value):
    wanted = "a list of (host id, number)"
    pairs = list(value.items()) if isinstance(value, dict) else items(value, wanted)
    scores = []
    for pair in pairs:
        pair = items(pair, wanted)
        if len(pair) != 2:
            raise Unusable("gave %s, where (host id, number) is expected" % short(tuple(pair)))
        scores.append([str(pair[0]), whole_number(pair[1])])
    return scores, []


def whole_number(value):
    if isinstance(value, (str, bytes)):
        raise Unusable("gave the score %s, where a number is expected" % short(repr(value)))
    try:
        number = value if isinstance(value, int) else math.floor(float(value) + 0.5)
    except (TypeError, ValueError, OverflowError):
        raise Unusable("gave the score %s, where a finite number is expected" % short(value))
    if abs(number) > 2**31 - 1:
        raise Unusable("gave the score %s, beyond 32 bits" % short(str(number)))
    return int(number)


def balance_of(value):
    """None when there is nothing to do."""
    if value is None:
        return None
    wanted = "(vm id, [host ids])"
    pair = items(value, wanted)
    if not pair:
        return None
    if len(pair) != 2:
        raise Unusable("gave %s, where %s is expected" % (short(value), wanted))
    vm = "" if pair[0] is None else str(pair[0])
    hosts = [str(each) for each in items([] if pair[1] is None else pair[1], wanted)]
    return [vm, hosts] if vm and hosts else None
